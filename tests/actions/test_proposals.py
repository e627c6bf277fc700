"""Steps that need a second person: proposed by one, decided by another."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cases.access.gate import System, acting_as
from cases.actions import individuals, proposals, status, steps
from cases.actions.recording import Conflict
from cases.models import Individual, StatusEvent, StatusProposal
from cases.rules import timeline
from cases.rules.status import MACHINES
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus, WorkStatus
from tests.factories import (
    FamilyLinkFactory,
    IndividualFactory,
    OfficialFactory,
    SpeakerFactory,
    StatusProposalFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
R, W, P = ReturnStatus, WorkStatus, ProposalState
SEEN: dict[str, Any] = {"observation": "The family rang."}
FINAL = [R.DUPLICATE, R.OUT_OF_SCOPE]


@pytest.fixture
def worker(as_actor):
    with as_actor(Role.CASEWORKER) as actor:
        yield actor


@pytest.fixture
def supervisor(actor_of):
    return actor_of(Role.SUPERVISOR)


@pytest.fixture
def second(supervisor):
    """Decide as a supervisor, on the row as it stands."""

    def decide(act: Any, proposal: StatusProposal, **fields: Any) -> Any:
        with acting_as(supervisor):
            row = StatusProposal.objects.get(pk=proposal.pk)
            return act(row, by=supervisor, version=row.version, **fields)

    return decide


def pending() -> StatusProposal:
    return StatusProposal.objects.get(state=P.PENDING)


def walk(person: Individual, by: Any, axis: Axis, *path: Any, **fields: Any) -> None:
    for to_status in path:
        person.refresh_from_db()
        status.record(
            by=by, individual=person, to_status=to_status, axis=axis, **{**SEEN, **fields}
        )


def follows(person: Individual) -> None:
    """Hold the log to the status, on both axes."""
    person.refresh_from_db()
    for axis, machine in MACHINES.items():
        [start] = machine.starts
        now = getattr(person, machine.column)
        assert timeline.replay(start, steps.steps_of(person, axis)) == now


def test_closure_is_proposed_by_pending_closure_and_approved_by_another(worker, second):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.WORK, W.OPEN, W.PENDING_CLOSURE)
    proposal = pending()
    assert (proposal.to_status, proposal.recorded_by_id) == (W.CLOSED, worker.user_id)

    second(proposals.approve, proposal, reason="All is done.")

    proposal.refresh_from_db()
    event = StatusEvent.objects.get(to_status=W.CLOSED)
    assert (proposal.state, proposal.event) == (P.APPROVED, event)
    assert (event.recorded_by_id, event.observation) == (proposal.decided_by_id, "The family rang.")
    follows(person)


def test_a_declined_closure_opens_the_case_again(worker, second):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.WORK, W.OPEN, W.PENDING_CLOSURE)
    assert "Say why the proposal is declined." in sentence_of(
        second, proposals.decline, pending(), reason=""
    )

    second(proposals.decline, pending(), reason="Documents are missing.")

    person.refresh_from_db()
    assert person.work_status == W.OPEN
    assert StatusProposal.objects.get().decision_reason == "Documents are missing."
    follows(person)


def test_no_step_that_needs_two_is_recorded_by_one(supervisor, as_actor):
    with as_actor(supervisor):
        for axis, machine in MACHINES.items():
            for before, after in sorted(machine.second):
                person = IndividualFactory(**{machine.column: before})
                said = sentence_of(
                    status.record, by=supervisor, individual=person, axis=axis, to_status=after,
                    **SEEN,
                )  # fmt: skip
                assert said.startswith("This step needs a second person.")
    assert not StatusEvent.objects.exists()


def test_a_step_that_needs_nobody_is_not_proposed(worker):
    person = individuals.register(by=worker)

    assert sentence_of(
        proposals.propose, by=worker, individual=person, to_status=R.HOME, **SEEN
    ) == ("This step needs no second person. Record it.")


def test_nobody_decides_what_they_proposed(supervisor, as_actor):
    with as_actor(supervisor):
        person = individuals.register(by=supervisor)
        walk(person, supervisor, Axis.WORK, W.OPEN, W.PENDING_CLOSURE)
        for act in (proposals.approve, proposals.decline):
            said = sentence_of(act, pending(), by=supervisor, version=None, reason="Mine.")
            assert said == "A second person takes this step: it was proposed by you."
    assert pending().to_status == W.CLOSED


def test_the_database_refuses_it_too(worker):
    proposal = StatusProposalFactory()
    StatusProposal.objects.filter(pk=proposal.pk).update(recorded_by=worker.user_id)

    with pytest.raises(IntegrityError), transaction.atomic():
        StatusProposal.objects.filter(pk=proposal.pk).update(
            state=P.DECLINED, decided_by=worker.user_id, decision_reason="Mine.",
            decided_at=proposal.recorded_at,
        )  # fmt: skip


def test_the_system_is_no_second_person(worker):
    proposal = StatusProposalFactory()
    with acting_as(System("tests")) as system:
        said = sentence_of(proposals.approve, proposal, by=system, version=None)

    assert said == "A person decides a proposal."


def test_a_caseworker_decides_nothing(worker):
    for act in (proposals.approve, proposals.decline):
        with pytest.raises(PermissionDenied, match="approve a step that needs a second person"):
            act(StatusProposalFactory(), by=worker, version=None, reason="Why not.")


def test_one_proposal_waits_at_a_time(worker, supervisor, as_actor):
    person = IndividualFactory(work_status=W.CLOSED)
    again = {"individual": person, "axis": Axis.WORK, "to_status": W.REOPENED, **SEEN}
    proposals.propose(by=worker, **again)

    assert "was proposed by you" in sentence_of(proposals.propose, by=worker, **again)
    with as_actor(supervisor):
        said = sentence_of(proposals.propose, by=supervisor, **again)
    assert said.startswith("A step of this case is proposed already.")


def test_a_proposal_is_withdrawn_by_its_proposer_alone(worker, supervisor, as_actor):
    person = IndividualFactory(work_status=W.CLOSED)
    proposal = proposals.propose(
        by=worker, individual=person, axis=Axis.WORK, to_status=W.REOPENED, **SEEN
    )
    with as_actor(supervisor):
        said = sentence_of(proposals.withdraw, proposal, by=supervisor, version=None)
    assert said == "Whoever proposed a step withdraws it. Decline it instead."

    proposals.withdraw(proposal, by=worker, version=1)

    assert StatusProposal.objects.get().state == P.WITHDRAWN
    assert not StatusEvent.objects.exists()


def test_a_step_overtakes_what_was_proposed(worker, second):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.WORK, W.OPEN, W.PENDING_CLOSURE)
    proposal = pending()
    walk(person, worker, Axis.WORK, W.OPEN)

    proposal.refresh_from_db()
    assert proposal.state == P.OVERTAKEN
    said = sentence_of(second, proposals.approve, proposal)
    assert said.startswith("A proposal cannot go from “Overtaken” to “Approved”.")
    assert "Propose the step again if it still holds" in said


def test_a_case_that_moved_by_other_means_is_not_moved_again(worker, second):
    proposal = StatusProposalFactory()
    with acting_as(System("tests")) as system:
        status.record(
            by=system, individual=proposal.individual, to_status=R.HOME,
            organisation=proposal.organisation, **SEEN,
        )  # fmt: skip
        StatusProposal.objects.filter(pk=proposal.pk).update(axis=Axis.RETURN)

    assert sentence_of(second, proposals.approve, proposal).startswith(
        "The case has moved on since this was proposed."
    )


def test_a_stale_reader_is_told(worker, supervisor, as_actor):
    proposal = StatusProposalFactory()
    with as_actor(supervisor), pytest.raises(Conflict):
        proposals.approve(proposal, by=supervisor, version=7)


def told(*, by_body: bool = False, **fields: Any) -> Any:
    return SpeakerFactory(by_body=by_body, **fields).statement


def test_a_death_needs_two_origins_to_be_proposed_and_to_be_approved(worker, second):
    person = IndividualFactory()
    official = OfficialFactory()
    one, same = told(official=official), told(official=official)
    death = {"by": worker, "individual": person, "to_status": R.DECEASED, **SEEN}
    for given in ({}, {"statement": one}, {"statement": one, "second_statement": same}):
        assert "two statements of different origin" in sentence_of(
            proposals.propose, **death, **given
        )

    proposal = proposals.propose(**death, statement=one, second_statement=told())
    StatusProposal.objects.filter(pk=proposal.pk).update(second_statement=same)
    assert "two statements of different origin" in sentence_of(second, proposals.approve, proposal)
    StatusProposal.objects.filter(pk=proposal.pk).update(statement=told(by_body=True))
    second(proposals.approve, proposal)

    assert Individual.objects.get().return_status == R.DECEASED


def test_nobody_approves_on_a_statement_they_recorded(worker, supervisor, second):
    own = told(by_body=True, statement__recorded_by_id=supervisor.user_id)
    person = IndividualFactory()
    proposal = proposals.propose(
        by=worker, individual=person, to_status=R.DECEASED, statement=own, **SEEN
    )

    assert sentence_of(second, proposals.approve, proposal) == (
        "A second person takes this step: the statement it rests on was recorded by you."
    )


@pytest.mark.parametrize("final", FINAL)
def test_a_wrong_final_status_is_set_right_by_two(final, worker, second):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.RETURN, R.LOCATED_HELD, final)
    wrong = StatusEvent.objects.get(to_status=final)
    right = {"individual": person, "to_status": R.LOCATED_HELD, "corrects": wrong, **SEEN}
    assert "it is final" in sentence_of(
        status.record, by=worker, individual=person, to_status=R.HOME, **SEEN
    )
    assert "needs a second person" in sentence_of(status.record, by=worker, **right)

    second(proposals.approve, proposals.propose(by=worker, **right))

    person.refresh_from_db()
    assert person.return_status == R.LOCATED_HELD
    assert StatusEvent.objects.get(corrects=wrong).from_status == final
    follows(person)
    assert "can be set right here" in sentence_of(proposals.propose, by=worker, **right)


def test_a_return_is_opened_again_by_two(worker, second):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.RETURN, R.HOME)
    again = {"individual": person, "to_status": R.RETURN_FAILED, **SEEN}

    second(proposals.approve, proposals.propose(by=worker, **again))
    walk(person, worker, Axis.RETURN, R.LOCATED_HELD)

    follows(person)
    assert person.return_status == R.LOCATED_HELD


def test_a_step_is_set_right_with_a_reason_by_one_where_nothing_is_final(worker):
    person = individuals.register(by=worker)
    walk(person, worker, Axis.RETURN, R.LOCATED_HELD)
    wrong = StatusEvent.objects.get()
    right = {"by": worker, "individual": person, "to_status": R.REPORTED, "corrects": wrong}
    statement = told()
    assert "Say why the earlier event was wrong." in sentence_of(
        status.record, **right, statement=statement
    )
    person.refresh_from_db()

    status.record(**right, observation="It was somebody else.")

    follows(person)
    assert person.return_status == R.REPORTED


def test_what_was_learned_late_moves_nothing_and_keeps_both_times(worker, now):
    person = individuals.register(by=worker)
    with now(2024, 11, 25):
        walk(person, worker, Axis.RETURN, R.RETURNED_TO_COUNTRY, occurred_edtf="2024-11-22")
    with now(2024, 11, 30):
        walk(person, worker, Axis.RETURN, R.IN_TRANSIT, occurred_edtf="2024-11-20/2024-11-21")

    late = StatusEvent.objects.get(to_status=R.IN_TRANSIT)
    assert (late.moves, late.from_status, f"{late.recorded_at:%F}") == (
        False, R.REPORTED, "2024-11-30",
    )  # fmt: skip
    follows(person)
    assert person.return_status == R.RETURNED_TO_COUNTRY


def test_nothing_has_happened_in_the_future(worker, now):
    person = individuals.register(by=worker)
    with now(2024, 11, 22):
        said = sentence_of(walk, person, worker, Axis.RETURN, R.HOME, occurred_edtf="2024-11-23")
        assert said.startswith("23 November 2024 has not come yet.")
        walk(person, worker, Axis.RETURN, R.HOME, occurred_edtf="2024-11")


def test_a_clock_set_back_keeps_the_order_of_the_steps(worker, now):
    person = individuals.register(by=worker)
    with now(2024, 11, 22):
        walk(person, worker, Axis.RETURN, R.LOCATED_HELD, R.IN_TRANSIT)
    with now(2024, 11, 21):
        walk(person, worker, Axis.RETURN, R.HANDED_OVER)

    follows(person)


def test_a_guard_is_asked_again_when_a_step_is_approved(worker, second):
    """A minor whose tie was confirmed when the step was proposed, and is not now."""
    person = individuals.register(by=worker, birth_edtf="2020")
    walk(person, worker, Axis.RETURN, R.HOSPITALISED, R.DUPLICATE)
    with acting_as(System("tests")):
        tie = FamilyLinkFactory(individual=person, to_contact=True, confirmed=True)
    proposal = proposals.propose(
        by=worker, individual=person, to_status=R.WITH_FAMILY,
        corrects=StatusEvent.objects.get(to_status=R.DUPLICATE), **SEEN,
    )  # fmt: skip
    type(tie).objects.filter(pk=tie.pk).update(certainty="possible")

    assert "only on a confirmed family link" in sentence_of(second, proposals.approve, proposal)


def test_where_a_case_stands_is_not_edited(worker):
    person = individuals.register(by=worker)

    assert sentence_of(individuals.amend, person, by=worker, version=1, return_status=R.HOME) == (
        "A case is moved on by a step. Leave its status here as it is."
    )
