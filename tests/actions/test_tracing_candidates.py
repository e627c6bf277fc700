"""Who may be the person sought: proposed with reasons, confirmed by two, rejected for good."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.access.gate import acting_as
from cases.actions import retention, tracing_candidates, tracing_steps, transfers
from cases.actions.anonymising import anonymise
from cases.models import Contact, Individual, TracingCandidate, User
from cases.queries.tracing import matches
from cases.vocabulary.organisations import Role
from cases.vocabulary.tracing import TracingState
from tests.actions.merging import merge, undo
from tests.actions.tracing import WHY, close, described, found, fresh, named, proposed, refused
from tests.factories import (
    IndividualFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
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


def propose(request, person, by, **given):
    return tracing_candidates.propose(by=by, request=request, individual=person, **given)


def decide(act, row, by, reason=WHY):
    return act(row, by=by, version=None, reason=reason)


def test_a_case_is_proposed_with_what_the_search_says(caseworker):
    person = named()

    row = propose(described(sought_names="Petrova Anna"), person, caseworker)

    assert row.likeness > 80
    assert "“petrova”" in row.reasons.lower()
    assert fresh(row.request).state == TracingState.PROPOSED


def test_where_the_names_lead_nowhere_somebody_says_why(caseworker):
    request, person = described(), IndividualFactory()

    refused("why", lambda: propose(request, person, caseworker))
    row = propose(request, person, caseworker, why="The scar.")

    assert (row.reasons, row.likeness) == ("", None)


def test_a_foreign_case_is_neither_found_nor_proposed(caseworker, other_organisation):
    foreign = named(organisation=other_organisation)

    with pytest.raises(PermissionDenied):
        propose(described(), foreign, caseworker, why=WHY)


def test_a_request_for_a_case_takes_no_other(caseworker):
    refused("individual", lambda: propose(
        TracingRequestFactory(), IndividualFactory(), caseworker, why=WHY))  # fmt: skip


def test_a_second_person_confirms(supervisor):
    own = proposed(by=User.objects.get(pk=supervisor.user_id))
    row = proposed()
    other = proposed(request=row.request)

    refused("decided_by", lambda: decide(tracing_candidates.confirm, own, supervisor))
    decide(tracing_candidates.confirm, row, supervisor)

    request = fresh(row.request)
    assert (request.state, request.individual_id) == (TracingState.FOUND, row.individual_id)
    assert fresh(other).state == "withdrawn"
    refused("state", lambda: decide(tracing_candidates.confirm, row, supervisor))


def test_a_caseworker_confirms_nobody(caseworker):
    with pytest.raises(PermissionDenied):
        decide(tracing_candidates.confirm, proposed(), caseworker)
    rejected = TracingCandidateFactory(rejected=True)
    with pytest.raises(PermissionDenied):
        decide(tracing_candidates.take_back, rejected, caseworker)


def test_a_rejection_is_respected(caseworker):
    person, request = named(), described()
    assert [one.person for one in matches(request)] == [person]
    row = propose(request, person, caseworker)

    refused("reason", lambda: decide(tracing_candidates.reject, row, caseworker, " "))
    decide(tracing_candidates.reject, row, caseworker)

    assert fresh(request).state == TracingState.IN_PROGRESS
    assert matches(request) == ()
    with pytest.raises(ValidationError, match="was proposed for the request already"):
        propose(request, person, caseworker, why=WHY)


def test_of_two_proposed_the_request_waits_for_the_other(caseworker):
    row = proposed()
    other = proposed(request=row.request)

    decide(tracing_candidates.reject, row, caseworker)
    assert fresh(row.request).state == TracingState.PROPOSED
    decide(tracing_candidates.take_back, other, caseworker)
    assert fresh(row.request).state == TracingState.IN_PROGRESS


def test_a_rejection_taken_back_is_offered_again(supervisor):
    person, request = named(), described()
    row = propose(request, person, supervisor)
    decide(tracing_candidates.reject, row, supervisor)

    decide(tracing_candidates.take_back, row, supervisor)

    assert [one.person for one in matches(request)] == [person]
    assert propose(request, person, supervisor).pk != row.pk


def test_a_confirmation_taken_back_leads_nowhere_again(supervisor):
    request = found(supervisor)
    row = TracingCandidate.objects.get(request=request)

    decide(tracing_candidates.take_back, row, supervisor)

    request = fresh(request)
    assert (request.state, request.individual_id) == (TracingState.IN_PROGRESS, None)
    assert request.actions.get().text == WHY
    refused("state", lambda: decide(tracing_candidates.take_back, row, supervisor))


def test_what_is_closed_is_decided_no_more(supervisor):
    request = found(supervisor)
    row = TracingCandidate.objects.get(request=request)
    close(request, supervisor)

    refused("state", lambda: decide(tracing_candidates.take_back, row, supervisor))


def test_who_is_a_duplicate_is_not_offered():
    named(return_status="duplicate")

    assert matches(described()) == ()


def test_a_confirmed_request_follows_a_merge_and_comes_back(supervisor):
    request = found(supervisor)
    duplicate, kept = request.individual, IndividualFactory()

    row = merge(kept, duplicate)
    assert fresh(request).individual == kept
    assert TracingCandidate.objects.get(request=request).individual == kept
    undo(row)

    assert fresh(request).individual == duplicate


def test_a_rejection_follows_a_merge_and_is_respected_there(supervisor):
    duplicate, kept, request = named(), named(), described()
    decide(tracing_candidates.reject, propose(request, duplicate, supervisor), supervisor)
    assert [one.person for one in matches(request)] == [kept]

    merge(kept, duplicate)

    assert matches(request) == ()


def test_decisions_that_contradict_stand_against_a_merge(supervisor):
    request = found(supervisor)
    rejected = TracingCandidateFactory(request=request, rejected=True).individual

    with pytest.raises(ValidationError, match="the other was rejected for it"):
        merge(rejected, request.individual)
    with pytest.raises(ValidationError, match="who a tracing request looks for"):
        merge(proposed().individual, IndividualFactory())


def test_whoever_is_looked_for_neither_passes_on_nor_is_forgotten(supervisor):
    for person in (TracingRequestFactory().individual, proposed().individual):
        with pytest.raises(ValidationError, match="Close the tracing request first"):
            transfers.refuse_immovable(person)
        with pytest.raises(ValidationError, match="Close the tracing request first"):
            retention.propose(by=supervisor, individual=person)


def test_a_request_stays_with_whoever_took_it_in(supervisor, other_organisation):
    request = found(supervisor)
    person = request.individual
    close(request, supervisor)

    transfers.refuse_immovable(person)
    transfers.hand_over(person, to=other_organisation, by=supervisor)

    row = TracingCandidate.objects.get(request=request)
    assert row.organisation == request.organisation != other_organisation
    assert fresh(request).organisation == request.organisation


def test_forgetting_a_person_forgets_who_looked_for_them(supervisor, actor_of):
    request = found(supervisor)
    close(request, supervisor)
    person, enquirer = Individual.objects.get(pk=request.individual_id), request.enquirer
    elsewhere = TracingCandidateFactory(
        rejected=True, individual=person, reasons="“petrova” ~ “petrov”"
    )

    with acting_as(actor_of(Role.SUPERVISOR)) as by:
        anonymise(person, by=by)

    kept = fresh(request)
    assert (kept.sought_names, kept.enquirer_id, kept.individual_id) == ("", None, None)
    assert not Contact.objects.filter(pk=enquirer.pk).exists()
    assert fresh(elsewhere).reasons == ""


def test_several_may_be_proposed(caseworker):
    row = proposed()

    propose(row.request, IndividualFactory(), caseworker, why=WHY)

    assert fresh(row.request).state == TracingState.PROPOSED


def test_the_better_of_two_names_speaks(caseworker):
    person = named("Анна Петрова")

    (match,) = matches(described(sought_names="Anna Petrova\nНюра Петрова"))

    assert match.person == person
    assert match.score > 0.9


def test_a_confirmation_is_taken_back_after_a_request_was_opened_again(supervisor):
    request = found(supervisor)
    row = TracingCandidate.objects.get(request=request)
    close(request, supervisor)
    tracing_steps.move(request, by=supervisor, version=None, to_state="in_progress", reason=WHY)

    decide(tracing_candidates.take_back, row, supervisor)

    assert (fresh(request).state, fresh(request).individual_id) == ("in_progress", None)
