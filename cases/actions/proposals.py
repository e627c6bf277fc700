"""Steps that need a second person: proposed, approved or declined, withdrawn."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import guards, recording, steps
from cases.models import Individual, Organisation, StatusEvent, StatusProposal
from cases.rules import status
from cases.rules.timeline import Placed
from cases.vocabulary.status import Axis, ProposalState, WorkStatus

PROPOSE, DECIDE = Act.RECORD_STATUS, Act.APPROVE_STATUS
_GIVEN = (
    *("occurred_edtf", "occurred_as_stated", "place", "statement", "second_statement"),
    *("observation", "corrects"),
)


@transaction.atomic
def propose(
    *,
    by: AnyActor,
    individual: Individual,
    to_status: str,
    axis: str = Axis.RETURN,
    version: int | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> StatusProposal:
    """Propose a step that a second person decides, with its reason and evidence.

    :raises Conflict: if the case has changed since ``version``.
    :raises ValidationError: where the machine has no such step, a guard says no, nobody else is
        needed, or a step is proposed already.
    """
    require(by, PROPOSE)
    recording.require_own(by, individual)
    recording.hold(Individual, individual.pk)
    recording.compare(individual, version)
    placed = steps.placed_at(individual, axis=axis, to_status=to_status, **fields)
    if not status.needs_second_person(axis, placed.judged_from, to_status):
        message = _("This step needs no second person. Record it.")
        raise recording.refusal("to_status", message, "needs_nobody")
    guards.refuse_second_proposal(individual, by=by, axis=axis)
    told = [fields.get(name) for name in ("statement", "second_statement")]
    guards.of_step(individual, to_status=to_status, told=told)
    return recording.add(
        StatusProposal,
        by=by,
        act=PROPOSE,
        organisation=organisation,
        individual=individual,
        axis=axis,
        from_status=placed.before,
        to_status=to_status,
        stands_on_id=placed.stands_on,
        **fields,
    )


def propose_closure(
    event: StatusEvent, *, by: AnyActor, organisation: Organisation | None = None
) -> StatusProposal:
    """Propose the closure of a case that has become *pending closure*, on the same word."""
    reason = event.observation or "Proposed on the statement given."
    return propose(
        by=by,
        individual=event.individual,
        axis=Axis.WORK,
        to_status=WorkStatus.CLOSED,
        organisation=organisation,
        statement=event.statement,
        observation=reason,
    )


@transaction.atomic
def approve(
    proposal: StatusProposal, *, by: AnyActor, version: int | None, reason: str = ""
) -> StatusProposal:
    """Take a proposed step, as a second person.

    :raises Conflict: if the proposal or the case has changed since.
    :raises ValidationError: for one's own proposal, one that is decided, one that the case has
        left behind, and where a guard says no by now.
    """
    person = _held(proposal, by=by, version=version)
    status.PROPOSAL.check(proposal.state, ProposalState.APPROVED)
    placed = _placed(proposal, person)
    told = (proposal.statement, proposal.second_statement)
    guards.of_step(person, to_status=proposal.to_status, told=told)
    event = steps.take(
        person,
        placed,
        by=by,
        axis=proposal.axis,
        to_status=proposal.to_status,
        deciding=proposal,
        organisation=proposal.organisation,
        **{name: getattr(proposal, name) for name in _GIVEN},
    )
    decided = {"decided_by_id": by.user_id, "decision_reason": reason, "event": event}
    steps.settle(proposal, by=by, state=ProposalState.APPROVED, **decided)
    return proposal


@transaction.atomic
def decline(
    proposal: StatusProposal, *, by: AnyActor, version: int | None, reason: str
) -> StatusProposal:
    """Refuse a proposed step, as a second person; a case pending closure is open again.

    :raises ValidationError: without a reason, for one's own proposal, and one that is decided.
    """
    person = _held(proposal, by=by, version=version)
    decided = {"decided_by_id": by.user_id, "decision_reason": reason}
    steps.settle(proposal, by=by, state=ProposalState.DECLINED, **decided)
    if person.work_status == WorkStatus.PENDING_CLOSURE and proposal.axis == Axis.WORK:
        _open_again(proposal, person, by=by, reason=reason)
    return proposal


@transaction.atomic
def withdraw(proposal: StatusProposal, *, by: AnyActor, version: int | None) -> StatusProposal:
    """Take back what one has proposed.

    :raises ValidationError: for another's proposal, and one that is decided.
    """
    require(by, PROPOSE)
    recording.require_own(by, proposal)
    recording.hold(Individual, proposal.individual_id)
    proposal.refresh_from_db()
    recording.compare(proposal, version)
    guards.of_withdrawal(proposal, by=by)
    steps.settle(proposal, by=by, state=ProposalState.WITHDRAWN, decided_by_id=by.user_id)
    return proposal


def _held(proposal: StatusProposal, *, by: AnyActor, version: int | None) -> Individual:
    """Hold the case of a proposal for whoever may decide it."""
    require(by, DECIDE)
    recording.require_own(by, proposal)
    recording.hold(Individual, proposal.individual_id)
    proposal.refresh_from_db()
    recording.compare(proposal, version)
    guards.refuse_own(proposal, by=by)
    return Individual.objects.get(pk=proposal.individual_id)


def _placed(proposal: StatusProposal, person: Individual) -> Placed:
    """Place a proposed step once more.

    :raises ValidationError: if the case stands on another step by now.
    """
    given = {name: getattr(proposal, name) for name in ("occurred_edtf", "corrects")}
    last = steps.standing_of(person, proposal.axis)
    if last != proposal.stands_on_id:
        message = _("The case has moved on since this was proposed. Decline it, and propose anew.")
        raise recording.refusal("state", message, "overtaken")
    return steps.placed_at(person, axis=proposal.axis, to_status=proposal.to_status, **given)


def _open_again(proposal: StatusProposal, person: Individual, *, by: AnyActor, reason: str) -> None:
    fields: dict[str, Any] = {"axis": Axis.WORK, "to_status": WorkStatus.OPEN}
    steps.take(
        person,
        steps.placed_at(person, **fields),
        by=by,
        organisation=proposal.organisation,
        observation=reason,
        **fields,
    )
