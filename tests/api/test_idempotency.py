"""A POST under a key may be sent again: one row, shown under the rights of that moment."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from rest_framework.test import APIClient

from cases.api.idempotency import canonical
from cases.api.urls import RESOURCES
from cases.models import AuditEntry, BatchSlot, BatchStep, IdempotencyKey, Note, Place
from cases.vocabulary.organisations import Role
from tests.api.collections import ADDED, address, body, writer
from tests.api.export_acts import EXPORTS
from tests.api.test_collections import assert_problem
from tests.api.tracing_acts import TRACING
from tests.api.webhook_acts import a_replay
from tests.factories import (
    AnonymisationFactory,
    AssessmentFactory,
    AttachmentFactory,
    BatchSlotFactory,
    ConsentFactory,
    ExclusionFactory,
    GrantFactory,
    IndividualFactory,
    LegalHoldFactory,
    MergeFactory,
    OrganisationFactory,
    ReferralFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    ReportTextFactory,
    StatusProposalFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
REPLAYED = "Idempotency-Replayed"
PLACE = {"kind": "settlement", "name": "Sudzha"}


def keyed(key: str = "8e03978e-40d5-43dd-bc93-6894a57f9324") -> dict[str, str]:
    return {"Idempotency-Key": key}


@pytest.mark.parametrize("name", ADDED)
def test_a_row_is_added_once_however_often_it_is_sent(name, organisation, api_of):
    client, sent = api_of(writer(name), is_movement_cell=True), body(name, organisation)
    model = RESOURCES[name].model

    first = client.post(address(name), sent, headers=keyed())
    rows, entries = model.objects.count(), writes()
    again = client.post(address(name), dict(reversed(sent.items())), headers=keyed())

    assert first.status_code == again.status_code == 201, again.content
    assert REPLAYED not in first
    assert again[REPLAYED] == "true"
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert (model.objects.count(), writes()) == (rows, entries)


def writes():
    """Count the entries of writes; what comes again of a person is read again, and said to be."""
    return AuditEntry.objects.exclude(act="read").count()


def a_step():
    path = address("repatriation-batches", RepatriationBatchFactory().pk, "transitions")
    return path, {"to_status": "agreed"}


def a_binding():
    path = address("batch-slots", BatchSlotFactory().pk, "bind")
    return path, {"individual": str(IndividualFactory().pk)}


def an_unbinding():
    return address("batch-slots", BatchSlotFactory(bound=True).pk, "unbind"), {}


def a_status():
    path = address("individuals", IndividualFactory().pk, "status-events")
    return path, {"to_status": "located_held", "observation": "Seen."}


def a_retraction():
    return address("reported-counts", ReportedCountFactory().pk, "retract"), {"reason": "Misread."}


def a_better_reading():
    path = address("reported-counts", ReportedCountFactory().pk, "supersede")
    return path, {"stated_text": "47", "stated_value": 47}


def a_verification():
    count = ReportedCountFactory(recorded_by=UserFactory())
    return address("reported-counts", count.pk, "verify"), {}


def an_approval():
    return address("assessments", AssessmentFactory(recorded_by=UserFactory()).pk, "approve"), {}


def a_revocation():
    return address("grants", GrantFactory().pk, "revoke"), {"reason": "Done."}


def a_withdrawal():
    return address("attachments", AttachmentFactory().pk, "withdraw"), {"reason": "Misfiled."}


def a_digest():
    return address("report-texts", ReportTextFactory().pk, "digest"), {"to_state": "in_hand"}


def a_replacement():
    path = address("report-texts", ReportTextFactory().pk, "replace")
    return path, {"text": "Other words.", "reason": "The wrong page."}


def a_decision():
    path = address("individuals", IndividualFactory().pk, "duplicate-decisions")
    return path, {"other": str(IndividualFactory().pk), "verdict": "same"}


def a_merge():
    path = address("individuals", IndividualFactory().pk, "merge")
    return path, {"duplicate": str(IndividualFactory().pk), "reason": "One passport."}


def an_undoing():
    return address("merges", MergeFactory().pk, "undo"), {"reason": "Two people."}


def a_carrying_out():
    row = AnonymisationFactory(recorded_by=UserFactory())
    path = address("anonymisations", row.pk, "carry-out")
    return path, {"case_number": row.individual.case_number}


def a_dropping():
    return address("anonymisations", AnonymisationFactory().pk, "drop"), {}


def a_consent_withdrawn():
    path = address("consents", ConsentFactory().pk, "withdraw")
    return path, {"withdrawn_by": "person", "reason": "Changed their mind."}


def an_exclusion_lifted():
    path = address("exclusions", ExclusionFactory().pk, "lift")
    return path, {"reason": "No longer feared."}


def an_acceptance():
    return address("referrals", asked_of_us().pk, "accept"), {}


def a_rejection():
    return address("referrals", asked_of_us().pk, "reject"), {"reason": "No surgeon here."}


def asked_of_us():
    other = OrganisationFactory(other=True)
    return ReferralFactory(organisation=other, recipient=OrganisationFactory())


def a_request_withdrawn():
    return address("referrals", ReferralFactory().pk, "withdraw"), {"reason": "Done otherwise."}


def a_hold_lifted():
    return address("legal-holds", LegalHoldFactory().pk, "lift"), {"reason": "It ended."}


def a_step_approved():
    row = StatusProposalFactory(recorded_by=UserFactory())
    return address("status-proposals", row.pk, "approve"), {}


def a_step_declined():
    row = StatusProposalFactory(recorded_by=UserFactory())
    return address("status-proposals", row.pk, "decline"), {"reason": "Nobody has seen them."}


def a_postponement():
    path = address("tasks", TaskFactory().pk, "postpone")
    return path, {"due_on": "2999-01-01", "reason": "The shelter is closed."}


ACTS = [a_step, a_binding, an_unbinding, a_status, a_retraction, a_better_reading, a_verification,
        an_approval, a_revocation, a_withdrawal, a_digest, a_replacement,
        a_decision, a_merge, an_undoing, a_carrying_out, a_dropping, a_consent_withdrawn,
        an_exclusion_lifted, an_acceptance, a_rejection, a_request_withdrawn, a_hold_lifted,
        a_step_approved, a_step_declined, a_postponement, a_replay, *EXPORTS, *TRACING]  # fmt: skip
BY_FORM = {"Individual.attachments", "SourceReport.text_file"}
"""Files are sent as a form: test_attachments.py and test_report_texts.py beside this."""
BY_ITS_PROPOSER = {"StatusProposal.withdraw", "ImportRun.match", "ImportRun.dry_run",
                   "ImportRun.run", "ImportRun.stop"}  # fmt: skip
"""Only whoever proposed or uploaded it goes on: test_proposals.py beside this, tests/imports."""


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_once_however_often_it_is_sent(act, organisation, api_of):
    client = api_of(Role.SUPERVISOR, is_movement_cell=True)
    path, sent = act()

    first = client.post(path, sent, headers={**keyed(), "If-Match": '"1"'})
    entries = writes()
    again = client.post(path, sent, headers={**keyed(), "If-Match": '"1"'})

    assert first.status_code < 300, first.content
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again[REPLAYED] == "true"
    assert writes() == entries


def test_every_act_of_the_api_is_in_this_matrix():
    acts = {name for resource in RESOURCES.values() for name in _acts(resource)}

    assert len(acts - BY_FORM - BY_ITS_PROPOSER) == len(ACTS), (
        f"Write the cases of {sorted(acts)} into ACTS."
    )


def _acts(resource):
    posts = [act.__name__ for act in resource.get_extra_actions() if "post" in act.mapping]
    return [f"{resource.model.__name__}.{name}" for name in posts if name != "bulk_add"]


@pytest.mark.parametrize("changed", ["body", "path"])
def test_a_key_with_something_else_is_refused(changed, organisation, api_of):
    client, person = api_of(), IndividualFactory()
    note = {"individual": str(person.pk), "text": "First."}
    client.post(address("notes"), note, headers=keyed())
    place, other = (address("notes"), {**note, "text": "Other."}), (address("places"), note)

    path, sent = place if changed == "body" else other
    problem = assert_problem(client.post(path, sent, headers=keyed()), 422)

    assert problem["type"].endswith(":key-reused")
    assert Note.objects.count() == 1


def test_what_is_shown_again_is_the_row_as_it_is_now(organisation, api_of):
    client = api_of()
    first = client.post(address("places"), PLACE, headers=keyed())
    client.patch(
        address("places", first.json()["id"]), {"name": "Suja"}, headers={"If-Match": '"1"'}
    )

    again = client.post(address("places"), PLACE, headers=keyed())

    assert (again.status_code, again.json()["name"], again["ETag"]) == (201, "Suja", '"2"')


def test_only_success_is_remembered(organisation, api_of):
    client, slot = api_of(is_movement_cell=True), BatchSlotFactory(bound=True)
    path, person = address("batch-slots", slot.pk, "bind"), str(IndividualFactory().pk)

    assert_problem(client.post(path, {"individual": person}, headers=keyed()), 409)
    assert not IdempotencyKey.objects.exists()
    client.post(address("batch-slots", slot.pk, "unbind"))
    done = client.post(path, {"individual": person}, headers=keyed())

    assert (done.status_code, REPLAYED in done) == (200, False)
    assert BatchSlot.objects.get(pk=slot.pk).version == 3


def test_the_key_of_another_is_independent(organisation, api_of):
    one, other = api_of(), api_of()

    first, second = (c.post(address("places"), PLACE, headers=keyed()) for c in (one, other))

    assert first.json()["id"] != second.json()["id"]
    assert REPLAYED not in second
    assert Place.objects.count() == 2


def test_a_key_outlives_the_token_it_came_with(organisation, api_of):
    first_token = api_of()
    second_token = api_of(first_token.user)

    first = first_token.post(address("places"), PLACE, headers=keyed())
    again = second_token.post(address("places"), PLACE, headers=keyed())

    assert again.content == first.content


def test_who_may_no_longer_write_is_refused(organisation, api_of):
    client = api_of()
    client.post(address("places"), PLACE, headers=keyed())
    type(client.user).objects.filter(pk=client.user.pk).update(role=Role.MANAGER)

    assert_problem(client.post(address("places"), PLACE, headers=keyed()), 403)


def test_who_may_no_longer_read_the_row_finds_nothing(organisation, api_of):
    client = api_of(is_cleared_for_restricted=True)
    person = IndividualFactory(restricted=True)
    note = {"individual": str(person.pk), "text": "Hidden."}
    client.post(address("notes"), note, headers=keyed())
    type(client.user).objects.filter(pk=client.user.pk).update(is_cleared_for_restricted=False)

    again = client.post(address("notes"), note, headers=keyed())

    assert b"Hidden" not in again.content
    assert_problem(again, 404)
    assert REPLAYED not in again


@pytest.mark.parametrize("key", ["", "a" * 256, "Ключ", "tab\there", "del\x7f"])
def test_a_key_that_is_none_is_refused(key, organisation, api_of):
    response = api_of().generic(
        "POST", address("places"), json.dumps(PLACE), "application/json", HTTP_IDEMPOTENCY_KEY=key
    )

    assert "printable ASCII" in assert_problem(response, 400)["detail"]
    assert not Place.objects.exists()


def test_a_key_may_be_as_long_as_promised(organisation, api_of):
    client, key = api_of(), "~" * 255

    sent = [client.post(address("places"), PLACE, headers=keyed(key)) for _ in range(2)]

    assert sent[0].content == sent[1].content
    assert IdempotencyKey.objects.get().key == key


def test_other_methods_take_no_notice_of_a_key(organisation, api_of):
    client, slot = api_of(), BatchSlotFactory()

    done = client.patch(
        address("batch-slots", slot.pk),
        {"presence": "boarded"},
        headers={**keyed(), "If-Match": '"1"'},
    )

    assert done.status_code == 200
    assert not IdempotencyKey.objects.exists()


def test_an_address_that_no_column_holds_is_not_found(organisation, api_of):
    for odd in ("%00", "x" * 900, "%ED%A0%80"):
        response = api_of().post(
            f"/api/v1/batch-slots/{odd}/unbind/", {}, headers=keyed(f"key {len(odd)}")
        )
        assert_problem(response, 404)


def test_nobody_keeps_a_key(organisation):
    assert_problem(APIClient().post(address("places"), PLACE, headers=keyed()), 401)
    assert not IdempotencyKey.objects.exists()


def test_adding_has_nothing_to_match(organisation, api_of):
    response = api_of().post(address("places"), PLACE, headers={"If-Match": '"1"'})

    assert "row that exists" in assert_problem(response, 400)["detail"]


def test_a_stale_writer_is_told_the_version_that_stands(organisation, api_of):
    client, slot = api_of(), BatchSlotFactory(version=4)

    stale = client.patch(
        address("batch-slots", slot.pk), {"presence": "boarded"}, headers={"If-Match": '"3"'}
    )

    assert_problem(stale, 412)
    assert stale["ETag"] == '"4"'


def test_a_status_is_recorded_on_the_version_that_was_read(organisation, api_of):
    client = api_of()
    path, sent = a_status()

    assert_problem(client.post(path, sent, headers={"If-Match": '"7"'}), 412)
    assert client.post(path, sent, headers={"If-Match": '"1"'}).status_code == 201
    assert not BatchStep.objects.exists()


def test_a_body_is_the_same_in_whatever_order_it_is_written():
    one, other = {"a": {"b": 1, "c": [1, 2]}, "d": None}, {"d": None, "a": {"c": [1, 2], "b": 1}}

    assert canonical(one) == canonical(other)
    assert canonical(one) != canonical({**one, "d": ""})


def test_a_form_with_a_file_is_told_by_the_content_of_the_file():
    def form(content: bytes) -> QueryDict:
        data = QueryDict("kind=photo&kind=again", mutable=True)
        data["file"] = SimpleUploadedFile("a.png", content)  # type: ignore[assignment]
        return data

    assert canonical(form(b"1")) == canonical(form(b"1"))
    assert canonical(form(b"1")) != canonical(form(b"2"))
