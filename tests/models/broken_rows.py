"""For each constraint: what to write into a good row to break it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from cases.vocabulary.casework import Reminder
from tests.factories import BodyFactory, UserFactory

NOON = datetime(2024, 11, 22, 12, tzinfo=UTC)


def itself(row: Any) -> Any:
    return row


OTHER_WAY_ROUND = {"first": lambda row: row.second, "second": lambda row: row.first}
OF_A_RULE: dict[str, Any] = {
    "rule": Reminder.NO_CONTACT,
    "subject_id": UUID("7d2f3a54-8b1e-4c55-9d0b-1f1f8f6c1a11"),
    "occasion": date(2026, 1, 1),
}
Case = tuple[dict[str, Any], dict[str, Any]]
BROKEN: dict[str, list[Case]] = {
    "idempotency_key_remembers_success_only": [({}, {"status": 199}), ({}, {"status": 300})],
    "place_coordinates_come_in_pairs": [
        ({}, {"latitude": Decimal(50)}),
        ({}, {"longitude": Decimal(36)}),
        ({}, {"latitude": Decimal(91), "longitude": Decimal(36)}),
        ({}, {"latitude": Decimal(50), "longitude": Decimal(181)}),
    ],
    "place_national_code_names_its_scheme": [({}, {"national_code": "38000"})],
    "individual_age_is_plausible": [({}, {"age_as_stated": 126, "age_as_of_edtf": "2024"})],
    "family_link_has_one_relative": [
        ({}, {"relative": None}),
        ({"to_contact": True}, {"relative": lambda link: link.individual}),
    ],
    "family_link_joins_two_people": [({}, {"relative": lambda link: link.individual})],
    "status_event_rests_on_something": [({}, {"observation": ""})],
    "status_event_says_why_it_sets_right": [
        ({"told": True, "correcting": True}, {"observation": ""})
    ],
    "export_run_is_decided_by_somebody": [
        ({"declined": True}, {"decided_by": None}),
        ({"approved": True}, {"decided_at": None}),
    ],
    "export_run_is_decided_by_another": [
        ({"declined": True}, {"recorded_by": lambda row: row.decided_by}),
        ({"approved": True}, {"recorded_by": None}),
    ],
    "export_run_is_declined_with_a_reason": [({"declined": True}, {"decision_reason": ""})],
    "export_run_ready_has_its_file": [
        ({"ready": True}, {"salt": ""}),
        ({"ready": True}, {"stored_name": ""}),
        ({"ready": True}, {"expires_at": None}),
        ({"ready": True}, {"state": "over"}),
        ({}, {"stored_name": "f" * 40}),
    ],
    "export_run_is_taken_a_few_times": [({"ready": True}, {"downloads": 4})],
    "status_proposal_is_decided_by_somebody": [
        ({"declined": True}, {"decided_by": None}),
        ({"declined": True}, {"decided_at": None}),
        ({"approved": True}, {"decided_by": None}),
    ],
    "status_proposal_is_decided_by_another": [
        ({"declined": True}, {"recorded_by": lambda row: row.decided_by}),
        ({"approved": True}, {"recorded_by": lambda row: row.decided_by}),
    ],
    "status_proposal_approved_is_taken": [
        ({"approved": True}, {"event": None}),
        ({"approved": True}, {"state": "withdrawn"}),
    ],
    "status_proposal_is_declined_with_a_reason": [
        ({"declined": True}, {"decision_reason": ""}),
    ],
    "assistance_is_for_a_person_or_a_population": [
        ({}, {"individual": None}),
        ({"for_population": True}, {"population": None}),
    ],
    "assistance_amount_has_a_currency": [
        ({}, {"amount": Decimal(5)}),
        ({}, {"amount": Decimal(0), "currency": "RUB"}),
        ({}, {"currency": "RUB"}),
    ],
    "attachment_is_not_empty": [({}, {"size": 0})],
    "attachment_withdrawn_has_a_reason": [({"withdrawn": True}, {"withdrawal_reason": ""})],
    "assistance_promise_has_a_promiser": [
        ({}, {"stage": "promised"}),
        ({}, {"stage": "conditional"}),
    ],
    "batch_is_published_when_over": [({}, {"is_published": True})],
    "batch_departed_before_arrived": [
        (
            {"departed_edtf": "2024-11-21", "arrived_edtf": "2024-11-22"},
            {
                "arrived_edtf": "2024-11-20",
                "arrived_earliest": date(2024, 11, 20),
                "arrived_latest": date(2024, 11, 20),
            },
        )
    ],
    "mediation_is_in_a_batch_or_in_talks": [({}, {"batch": None})],
    "task_rule_is_known": [({}, {"rule": "?"})],
    "user_language_is_known": [({}, {"language": "?"})],
    "task_of_a_rule_says_why": [
        ({}, {"subject_id": lambda row: row.pk}),
        ({}, {"occasion": date(2026, 1, 1)}),
        ({**OF_A_RULE}, {"occasion": None}),
    ],
    "task_ended_has_a_time": [({}, {"state": "done"}), ({}, {"done_at": NOON})],
    "grant_leads_to_another_organisation": [({}, {"recipient": lambda row: row.organisation})],
    "grant_ends_after_it_begins": [({}, {"expires_at": NOON})],
    "grant_lasts_180_days_at_most": [
        ({}, {"expires_at": lambda row: row.recorded_at + timedelta(days=180, seconds=1)})
    ],
    "consent_has_one_recipient": [
        ({}, {"recipient": lambda row: row.organisation, "body": lambda _row: BodyFactory()})
    ],
    "consent_is_given_by_somebody": [
        ({}, {"given_by": "nobody"}),
        ({"vital": True}, {"given_by": "person"}),
    ],
    "consent_withdrawn_says_by_whom": [
        ({}, {"withdrawn_at": NOON}),
        ({"withdrawn": True}, {"withdrawn_by": ""}),
    ],
    "exclusion_names_an_organisation_or_a_body": [
        ({}, {"excluded": None}),
        ({}, {"body": lambda _row: BodyFactory()}),
    ],
    "exclusion_names_another_organisation": [({}, {"excluded": lambda row: row.organisation})],
    "anonymisation_is_carried_out_by_somebody_else": [
        ({"carried_out": True}, {"recorded_by": lambda row: row.decided_by})
    ],
    "referral_leads_to_another_organisation": [({}, {"recipient": lambda row: row.organisation})],
    "referral_has_its_grant_and_a_transfer_none": [
        ({}, {"level": ""}),
        ({}, {"grant_ends_at": None}),
        ({"transfer": True}, {"level": "protected"}),
    ],
    "referral_answered_says_when": [
        ({}, {"answered_at": NOON}),
        ({"answered": True}, {"answered_at": None}),
    ],
    "report_text_set_aside_has_a_reason": [({"aside": True}, {"set_aside_reason": ""})],
    "report_text_to_digest_is_in_nobodys_hands": [
        ({}, {"taken_by": lambda row: UserFactory(organisation=row.organisation)})
    ],
    "duplicate_decision_is_in_order": [({}, OTHER_WAY_ROUND)],
    "likely_pair_is_in_order": [({}, OTHER_WAY_ROUND)],
    "likely_pair_is_alike_by_a_hundred_at_most": [({}, {"likeness": 101})],
    "merge_is_of_two_cases": [({}, {"duplicate": lambda row: row.individual})],
    "merge_that_stands_has_no_undo_reason": [({}, {"undo_reason": "Two people."})],
    "tracing_request_has_one_enquirer": [
        ({}, {"enquirer": None}),
        ({}, {"enquirer_body": lambda _row: BodyFactory()}),
    ],
    "tracing_request_seeks_somebody": [({}, {"individual": None})],
    "tracing_request_has_found_somebody": [
        ({"found": True}, {"individual": None, "sought_names": "Anna"}),
        ({"closed": True}, {"individual": None, "sought_names": "A", "outcome": "found_deceased"}),
    ],
    "tracing_request_closed_says_how": [
        ({}, {"outcome": "not_found"}),
        ({}, {"closed_at": NOON}),
        ({"closed": True}, {"outcome": ""}),
        ({"closed": True}, {"closed_at": None}),
    ],
    "tracing_request_duplicate_says_of_which": [
        ({"a_duplicate": True}, {"duplicate_of": None}),
        ({"a_duplicate": True}, {"outcome": "withdrawn"}),
    ],
    "tracing_request_is_not_its_own_duplicate": [({"a_duplicate": True}, {"duplicate_of": itself})],
    "tracing_request_age_is_plausible": [({}, {"age_as_stated": 126, "age_as_of_edtf": "2024"})],
    "tracing_action_names_its_body": [({"asking": True}, {"body": None})],
    "tracing_candidate_decided_says_when": [
        ({"confirmed": True}, {"decided_at": None}),
        ({"rejected": True}, {"decided_at": None}),
    ],
    "tracing_candidate_is_confirmed_by_another": [
        ({"confirmed": True}, {"decided_by": None}),
        ({"confirmed": True}, {"recorded_by": lambda row: row.decided_by}),
    ],
    "tracing_candidate_is_alike_by_a_hundred_at_most": [({}, {"likeness": 101})],
    "population_is_not_its_own_part": [({}, {"subset_of": itself})],
    "population_does_not_leave_itself": [({}, {"leaves": itself})],
    "count_low_is_not_above_high": [
        ({"qualifier": "unknown", "low": None, "high": None}, {"low": 9, "high": 8})
    ],
    "count_exact_is_low_and_high": [
        ({}, {"low": 29}),
        ({}, {"high": 31}),
        ({}, {"low": None}),
        ({}, {"high": None}),
        ({}, {"stated_value": None}),
    ],
    "count_more_than_begins_above_its_value": [
        ({"more_than": True}, {"low": 30}),
        ({"more_than": True}, {"low": None}),
        ({"more_than": True}, {"high": 40}),
    ],
    "count_subgroup_says_what_it_is": [
        ({}, {"dimension": "age"}),
        ({"children": True}, {"dimension": ""}),
        ({"children": True}, {"label": ""}),
    ],
    "count_is_not_its_own_part": [({}, {"part_of": itself, "dimension": "age", "label": "child"})],
    "count_retraction_has_time_and_reason": [
        ({}, {"state": "retracted"}),
        ({}, {"retracted_at": NOON}),
        ({"retracted": True}, {"retraction_reason": ""}),
    ],
    "count_superseded_has_time": [({}, {"state": "superseded"})],
    "count_is_verified_by_somebody_else": [
        ({"verified": True}, {"recorded_by": lambda count: count.verified_by})
    ],
    "count_link_joins_two_figures": [({}, {"to_count": lambda link: link.from_count})],
    "discrepancy_is_ended_with_a_rationale": [({}, {"state": "resolved"})],
    "assessment_has_a_bound": [({}, {"low": None})],
    "assessment_low_is_not_above_high": [({}, {"high": 20})],
    "assessment_approval_has_person_and_time": [
        ({}, {"approved_at": NOON}),
        ({"approved": True}, {"approved_at": None}),
    ],
    "assessment_is_approved_by_somebody_else": [
        ({"approved": True}, {"recorded_by": lambda row: row.approved_by})
    ],
    "report_date_says_its_basis": [
        ({}, {"published_basis": "unknown"}),
        ({"undated": True}, {"published_basis": "stated"}),
    ],
    "person_offer_is_kept_while_it_waits": [
        ({}, {"content": ""}),
        ({"noted": True}, {"content": "{}"}),
    ],
    "person_offer_is_decided_by_somebody": [({"noted": True}, {"decided_by": None})],
    "person_offer_taken_says_where": [({"noted": True}, {"target_id": None})],
    "report_is_not_its_own_copy": [({}, {"derivative_of": itself})],
    "speaker_is_somebody": [({}, {"official": None})],
    "factor_reset_has_who_and_when": [
        ({}, {"reset_asked_at": NOON}),
        ({"asked": True}, {"reset_asked_at": None}),
    ],
    "route_leg_numbers_begin_at_one": [({}, {"number": 0})],
    "route_leg_goes_somewhere": [({}, {"to_place": lambda leg: leg.from_place})],
}
NO_ONE: dict[str, Any] = {}
TWINS: dict[str, dict[str, Any]] = {
    "bulk_item_stands_once": NO_ONE,
    "import_file_is_kept_once": NO_ONE,
    "import_row_stands_once": NO_ONE,
    "import_key_stands_once": NO_ONE,
    "person_offer_stands_once": NO_ONE,
    "caseload_release_stands_once": NO_ONE,
    "caseload_release_across_all_stands_once": {"organisation": None},
    "daily_summary_goes_once": NO_ONE,
    "weekly_summary_goes_once": NO_ONE,
    "saved_view_name_is_own": NO_ONE,
    "frozen_page_name_is_free": NO_ONE,
    "task_of_a_rule_is_set_once": OF_A_RULE,
    "user_email_is_unique_whatever_its_case": NO_ONE,
    "place_iso_3166_1_is_unique": {"iso_3166_1": "UA"},
    "place_iso_3166_2_is_unique": {"iso_3166_2": "RU-KRS"},
    "place_p_code_is_unique": {"p_code": "UA59"},
    "place_name_stands_once": NO_ONE,
    "body_name_is_unique": NO_ONE,
    "body_name_stands_once": NO_ONE,
    "official_name_stands_once": NO_ONE,
    "quality_flag_stands_once": NO_ONE,
    "speaker_official_stands_once": NO_ONE,
    "speaker_body_stands_once": {"by_body": True},
    "speaker_contact_stands_once": {"private": True},
    "citation_stands_once": NO_ONE,
    "count_link_stands_once": NO_ONE,
    "discrepancy_side_stands_once": NO_ONE,
    "assessment_basis_stands_once": NO_ONE,
    "position_stands_once": NO_ONE,
    "status_event_is_set_right_once": {"correcting": True},
    "status_proposal_is_one_at_a_time": NO_ONE,
    "case_number_is_unique_in_its_organisation": NO_ONE,
    "individual_name_stands_once": NO_ONE,
    "name_pair_stands_once": NO_ONE,
    "report_has_one_text": NO_ONE,
    "report_text_file_is_kept_once": {"document": True},
    "contact_reference_is_unique_in_its_organisation": NO_ONE,
    "retention_period_stands_once": NO_ONE,
    "anonymisation_is_proposed_once": NO_ONE,
    "case_is_offered_to_one_organisation_at_a_time": {"transfer": True},
    "family_link_to_relative_stands_once": NO_ONE,
    "family_link_to_contact_stands_once": {"to_contact": True},
    "batch_code_is_unique_in_its_organisation": NO_ONE,
    "batch_slot_number_stands_once": NO_ONE,
    "idempotency_key_stands_once": NO_ONE,
    "individual_has_one_slot_in_a_batch": {"bound": True},
    "individual_is_in_one_live_batch": {"bound": True},
    "mediation_in_batch_stands_once": NO_ONE,
    "mediation_in_negotiation_stands_once": {"in_talks": True},
    "route_leg_number_stands_once": NO_ONE,
    "recovery_code_is_unique_for_its_user": NO_ONE,
    "one_duplicate_decision_stands": NO_ONE,
    "likely_pair_stands_once": NO_ONE,
    "case_is_merged_into_one": NO_ONE,
    "merge_changes_a_column_once": NO_ONE,
    "tracing_number_is_unique_in_its_organisation": NO_ONE,
    "tracing_action_is_set_right_once": {"correcting": True},
    "tracing_candidate_stands_once": NO_ONE,
    "tracing_request_has_one_confirmed": {"confirmed": True},
}
