"""A request is taken in, worked on, moved on and at last forgotten, and tells nobody too much."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.access.gate import System, acting_as
from cases.actions import recording, tracing, tracing_actions, tracing_steps
from cases.models import AuditEntry, Contact, TracingAction, TracingCandidate, TracingRequest
from cases.queries.consents import disclosures
from cases.vocabulary.organisations import Role
from cases.vocabulary.tracing import ContactWish, TracingState
from tests.actions.tracing import WHY, close, described, found, fresh, proposed, refused
from tests.factories import (
    BodyFactory,
    ContactFactory,
    ExclusionFactory,
    FamilyLinkFactory,
    IndividualFactory,
    LegalHoldFactory,
    TracingActionFactory,
    TracingRequestFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker(actor_of):
    with acting_as(actor_of(Role.CASEWORKER)) as actor:
        yield actor


@pytest.fixture
def supervisor(actor_of):
    with acting_as(actor_of(Role.SUPERVISOR)) as actor:
        yield actor


def take_in(by, **fields):
    return tracing.take_in(
        by=by, **{"enquirer": ContactFactory(), "sought_names": "Анна", **fields}
    )


def record(request, by, kind="spoke", **fields):
    return tracing_actions.record(by=by, request=request, **{"kind": kind, "text": WHY, **fields})


def move(request, by, to_state, **given):
    return tracing_steps.move(request, by=by, version=None, to_state=to_state, **given)


def test_numbers_are_given_in_order(caseworker):
    assert [take_in(caseworker).number[:8] for _ in range(2)] == ["T-000001", "T-000002"]


@pytest.mark.parametrize("name", ["individual", "enquirer", "assigned_to"])
def test_what_another_organisation_keeps_is_in_no_request(caseworker, name, other_organisation):
    factory = {"individual": IndividualFactory, "enquirer": ContactFactory,
               "assigned_to": UserFactory}[name]  # fmt: skip
    foreign = factory(organisation=other_organisation)
    own = TracingRequestFactory()

    with pytest.raises(PermissionDenied):
        take_in(caseworker, **{name: foreign})
    if name != "individual":
        with pytest.raises(PermissionDenied):
            tracing.amend(own, by=caseworker, version=None, **{name: foreign})
    assert TracingRequest.objects.count() == 1


def test_a_request_is_of_one_enquirer_for_somebody(caseworker):
    refused("enquirer", lambda: take_in(caseworker, enquirer=None))
    refused("enquirer", lambda: take_in(caseworker, enquirer_body=BodyFactory()))
    refused("sought_names", lambda: take_in(caseworker, sought_names=""))
    assert take_in(caseworker, enquirer=None, enquirer_body=BodyFactory()).pk


def test_an_age_and_days_are_checked_as_everywhere(caseworker):
    refused("age_as_of_edtf", lambda: take_in(caseworker, age_as_stated=40))
    refused("last_contact_edtf", lambda: take_in(caseworker, last_contact_edtf="2999"))


def test_the_first_action_takes_a_request_up(caseworker):
    request = described()

    action = record(request, caseworker, done_edtf="2024-10")
    record(request, caseworker)

    assert fresh(request).state == TracingState.IN_PROGRESS
    assert action.done_by_id == caseworker.user_id
    with acting_as(System("reading the trail")):
        entries = AuditEntry.objects.filter(target_id=request.pk)
        assert [row.act for row in entries] == ["changed"]


def test_an_action_is_set_right_once_and_by_one_of_the_same_request(caseworker):
    earlier, other = TracingActionFactory(), TracingActionFactory()
    request = earlier.request

    record(request, caseworker, corrects=earlier)

    with pytest.raises(ValidationError, match="set right already"):
        record(request, caseworker, corrects=earlier)
    refused("corrects", lambda: record(request, caseworker, corrects=other))
    refused("done_edtf", lambda: record(request, caseworker, done_edtf="2999"))
    refused("kind", lambda: record(request, caseworker, kind="prayed"))


def test_nothing_is_told_that_somebody_has_not_agreed_to(caseworker, supervisor):
    request = found(supervisor)

    assert "agreed that" in refused(
        "kind", lambda: record(request, caseworker, "asked_body", body=BodyFactory())
    )
    assert "be named" in refused("kind", lambda: record(request, caseworker, "told_person"))
    assert "must not" in refused("kind", lambda: record(request, caseworker, "told_enquirer"))

    tracing.amend(
        request, by=caseworker, version=None,
        may_be_named=True, may_be_shared=True, contact_wish=ContactWish.CONTACT,
    )  # fmt: skip
    for kind, body in (
        ("asked_body", BodyFactory()),
        ("told_person", None),
        ("told_enquirer", None),
    ):
        assert record(request, caseworker, kind, body=body).pk


def test_whoever_must_not_learn_of_a_person_is_neither_asked_nor_told(supervisor):
    body = BodyFactory()
    request = found(
        supervisor, request__enquirer=None, request__enquirer_body=body, request__may_be_shared=True
    )
    ExclusionFactory(individual=request.individual, excluded=None, body=body)
    request = tracing.amend(request, by=supervisor, version=None, contact_wish="contact")

    refused("body", lambda: record(request, supervisor, "asked_body", body=body))
    refused("kind", lambda: record(request, supervisor, "told_enquirer"))
    refused("outcome", lambda: close(request, supervisor, "found_informed"))
    assert record(request, supervisor, "asked_body", body=BodyFactory()).pk


def test_a_case_asked_for_is_found_by_a_second_person(caseworker, supervisor):
    request = TracingRequestFactory(in_progress=True, recorded_by_id=supervisor.user_id)
    by_another = TracingRequestFactory(in_progress=True)

    refused("to_state", lambda: move(request, supervisor, "found"))
    refused("to_state", lambda: move(described(in_progress=True), supervisor, "found"))
    with pytest.raises(PermissionDenied):
        move(by_another, caseworker, "found")
    assert move(by_another, supervisor, "found").state == TracingState.FOUND
    refused("individual", lambda: tracing.amend(
        by_another, by=supervisor, version=None, individual=IndividualFactory()))  # fmt: skip


def test_a_wish_is_asked_of_whoever_is_found(caseworker):
    request = TracingRequestFactory(in_progress=True)

    refused("contact_wish", lambda: tracing.amend(
        request, by=caseworker, version=None, contact_wish="contact"))  # fmt: skip


def test_a_request_is_closed_as_it_ended_and_opened_again(caseworker):
    request = described(in_progress=True)

    refused("reason", lambda: move(request, caseworker, "closed", outcome="not_found"))
    refused("outcome", lambda: close(request, caseworker, "found_informed"))
    closed = close(request, caseworker, "not_found")
    assert (closed.outcome, closed.closed_by_id) == ("not_found", caseworker.user_id)
    refused("state", lambda: record(request, caseworker))
    refused("state", lambda: tracing.amend(closed, by=caseworker, version=None, priority="high"))
    refused("reason", lambda: move(request, caseworker, "in_progress"))

    again = move(request, caseworker, "in_progress", reason="A letter came.")

    assert (again.state, again.outcome, again.closed_at) == ("in_progress", "", None)
    steps = TracingAction.objects.filter(request=request).order_by("recorded_at", "pk")
    assert {(row.text, row.result) for row in steps} == {
        (WHY, "In progress → Not found"), ("A letter came.", "Closed → In progress")}  # fmt: skip


def test_closing_takes_back_what_waits(supervisor):
    waiting = proposed()

    close(waiting.request, supervisor)

    assert fresh(waiting).state == "withdrawn"


def test_found_outcomes_are_as_the_case_and_the_person_say(supervisor):
    request = found(supervisor)

    refused("outcome", lambda: close(request, supervisor, "not_found"))
    refused("outcome", lambda: close(request, supervisor, "found_informed"))
    refused("outcome", lambda: close(request, supervisor, "found_deceased"))
    tracing.amend(request, by=supervisor, version=None, contact_wish="nothing")
    refused("outcome", lambda: close(request, supervisor, "found_informed"))
    assert close(request, supervisor, "found_no_contact").outcome == "found_no_contact"


def test_a_death_is_the_cases_own(supervisor):
    request = found(supervisor, individual__return_status="deceased")
    tracing.amend(request, by=supervisor, version=None, contact_wish="contact")

    refused("outcome", lambda: close(request, supervisor, "found_informed"))
    assert close(request, supervisor, "found_deceased").outcome == "found_deceased"


def test_a_duplicate_says_of_which_request(supervisor):
    request, other = described(), described()

    refused("duplicate_of", lambda: close(request, supervisor, "duplicate"))
    refused("duplicate_of", lambda: close(request, supervisor, "duplicate", duplicate_of=request))
    refused("duplicate_of", lambda: close(request, supervisor, duplicate_of=other))
    assert close(request, supervisor, "duplicate", duplicate_of=other).duplicate_of == other


def test_steps_that_rest_on_a_decision_are_not_taken_by_hand(supervisor):
    waiting = proposed()
    request = found(supervisor)

    refused("to_state", lambda: move(waiting.request, supervisor, "in_progress"))
    refused("to_state", lambda: move(request, supervisor, "in_progress", reason=WHY))
    refused("to_state", lambda: move(described(), supervisor, "proposed"))


def test_somebody_else_saves_first(caseworker):
    request = described()

    with pytest.raises(recording.Conflict):
        tracing_steps.move(request, by=caseworker, version=7, to_state="in_progress")
    with pytest.raises(recording.Conflict):
        record(request, caseworker, version=7)


CANARY = "Zinaida-Canary"


def told_of(request):
    rows = [TracingRequest, TracingAction, TracingCandidate, Contact, AuditEntry]
    return sum(str(row).count(CANARY) for model in rows for row in model.objects.values())


def everything(by):
    request = found(
        by,
        request__sought_names=CANARY,
        request__circumstances=CANARY,
        request__enquirer__name=CANARY,
        why=CANARY,
        reasons=CANARY,
    )
    tracing.amend(request, by=by, version=None, contact_wish="nothing")
    record(request, by, text=CANARY, result=CANARY)
    close(request, by, "found_no_contact", reason=CANARY)
    return fresh(request)


def test_a_request_is_forgotten_with_whoever_asked(supervisor, actor_of):
    request = everything(supervisor)
    second = actor_of(Role.SUPERVISOR)
    assert told_of(request) > 5

    with acting_as(second):
        kept = tracing.forget(request, by=second, version=None, number=request.number)

    assert told_of(request) == 0
    assert (kept.enquirer_id, kept.individual_id, kept.outcome) == (None, None, "found_no_contact")
    assert kept.anonymised_at is not None
    refused("state", lambda: tracing.forget(kept, by=second, version=None, number=kept.number))
    refused("state", lambda: move(kept, second, "in_progress", reason=WHY))


def test_an_enquirer_who_is_kept_for_something_else_stays(supervisor):
    tied, asking_twice = TracingRequestFactory(closed=True), TracingRequestFactory(closed=True)
    FamilyLinkFactory(to_contact=True, contact=tied.enquirer)
    described(enquirer=asking_twice.enquirer)

    for request in (tied, asking_twice):
        tracing.forget(request, by=supervisor, version=None, number=request.number)
        assert Contact.objects.filter(pk=request.enquirer_id).exists()


def test_what_is_not_over_or_held_is_not_forgotten(supervisor):
    def forget(request, number=""):
        number = number or request.number
        return tracing.forget(request, by=supervisor, version=None, number=number)

    closed, kept = TracingRequestFactory(closed=True), TracingRequestFactory(closed=True)
    LegalHoldFactory(individual=kept.individual)
    own = close(described(), supervisor)

    refused("state", lambda: forget(described()))
    refused("closed_by", lambda: forget(own))
    refused("number", lambda: forget(closed, "T-000001-01"))
    refused("state", lambda: forget(kept))


def test_whoever_was_told_in_a_search_has_learned_of_the_person(supervisor):
    request = found(supervisor, request__may_be_shared=True)
    tracing.amend(request, by=supervisor, version=None, contact_wish="contact")
    body = BodyFactory()
    record(request, supervisor, "asked_body", body=body)
    record(request, supervisor, "told_enquirer")
    record(request, supervisor, "spoke")

    told = [one.to for one in disclosures(request.individual)]

    assert sorted(told) == sorted([body.name, f"whoever asks in {request.number}"])
