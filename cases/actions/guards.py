"""What guards a step, asked by the act itself and by the button that leads to it."""

from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.access.sensitivity import CRITICAL
from cases.actions import recording, steps
from cases.models import Individual, RepatriationBatch, Statement, StatusProposal
from cases.queries.claims import claimant_of
from cases.queries.reconciliation import Reconciliation
from cases.rules import batches, dates, individuals, status
from cases.vocabulary.bodies import BodyKind
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus

FOR_THE_CELL = gettext_lazy(
    "This %(record)s is part of a movement that is not over; only the movement cell may do this."
)
_OFFICIAL = (BodyKind.STATE, BodyKind.GOVERNMENT_OFFICE, BodyKind.OMBUDSMAN)


def sentence_of(check: Callable[[], None]) -> str:
    """Give the sentence that a check refuses with; nothing where it does not."""
    try:
        check()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def of_next(person: Individual, *, by: AnyActor, axis: Axis, to_status: str) -> None:
    """Refuse a step that is closed, before anybody says when it was and on whose word.

    :raises PermissionDenied: for whoever may record none.
    :raises ValidationError: with the sentence that the act would refuse with.
    """
    require(by, Act.RECORD_STATUS)
    recording.require_own(by, person)
    now = getattr(person, status.MACHINES[axis].column)
    status.check_step(axis, now, to_status)
    of_step(person, to_status=to_status, told=None)
    if status.needs_second_person(axis, now, to_status):
        refuse_second_proposal(person, by=by, axis=axis)


def of_step(person: Individual, *, to_status: str, told: Sequence[Statement | None] | None) -> None:
    """Refuse a step whose guard says no; where nothing is told yet, what it is told is not asked.

    :raises ValidationError: with the guard's own sentence.
    """
    if to_status == ReturnStatus.DECEASED and told is not None:
        _guard_death([statement for statement in told if statement is not None])
    if to_status == ReturnStatus.WITH_FAMILY:
        certainties = person.family_links.values_list("certainty", flat=True)
        status.check_minor_with_family(
            is_minor=individuals.is_minor(
                person.age_as_stated,
                born_latest=dates.bounds(person.birth_edtf)[1],
                on=clock.today(),
            ),
            certainties=frozenset(certainties),
        )


def _guard_death(statements: Sequence[Statement]) -> None:
    """Count who speaks of the death: two statements of one speaker are one origin."""
    origins = {claimant_of(statement, ()).key for statement in statements}
    official = any(
        statement.speakers.filter(body__kind__in=_OFFICIAL).exists() for statement in statements
    )
    status.check_death(len(origins), is_official=official)


def refuse_second_proposal(person: Individual, *, by: AnyActor, axis: str) -> None:
    """Refuse to propose while a proposal waits.

    :raises ValidationError: saying who decides that one.
    """
    waiting = steps.pending(person, axis)
    if waiting is None:
        return
    is_own = waiting.recorded_by_id is not None and waiting.recorded_by_id == by.user_id
    message = (
        _(
            "A step of this case was proposed by you. "
            "Somebody else decides it; or withdraw it first."
        )
        if is_own
        else _("A step of this case is proposed already. It is decided before another is proposed.")
    )
    raise recording.refusal("to_status", message, "already_proposed")


def refuse_own(proposal: StatusProposal, *, by: AnyActor) -> None:
    """Refuse to decide what one has proposed, or what rests on a statement that one recorded.

    :raises ValidationError: naming what was recorded by whoever acts.
    """
    require(by, Act.APPROVE_STATUS)
    if by.user_id is None:
        return  # the database refuses a decision of nobody
    if by.user_id == proposal.recorded_by_id:
        message = _("A second person takes this step: it was proposed by you.")
        raise recording.refusal("decided_by", message, "own_proposal")
    told = (proposal.statement, proposal.second_statement)
    if by.user_id in {statement.recorded_by_id for statement in told if statement is not None}:
        message = _(
            "A second person takes this step: the statement it rests on was recorded by you."
        )
        raise recording.refusal("decided_by", message, "own_proposal")


def of_decision(proposal: StatusProposal, *, by: AnyActor) -> None:
    """Refuse a decision that is not there for whoever acts.

    :raises PermissionDenied: for whoever decides none.
    :raises ValidationError: for one's own proposal, and one that is decided.
    """
    require(by, Act.APPROVE_STATUS)
    recording.require_own(by, proposal)
    status.PROPOSAL.check(proposal.state, ProposalState.APPROVED)
    refuse_own(proposal, by=by)


def of_withdrawal(proposal: StatusProposal, *, by: AnyActor) -> None:
    """Refuse to withdraw what somebody else has proposed, and what is decided.

    :raises PermissionDenied: for whoever proposes none.
    :raises ValidationError: saying what to do instead.
    """
    require(by, Act.RECORD_STATUS)
    recording.require_own(by, proposal)
    status.PROPOSAL.check(proposal.state, ProposalState.WITHDRAWN)
    if by.user_id is not None and by.user_id != proposal.recorded_by_id:
        message = _("Whoever proposed a step withdraws it. Decline it instead.")
        raise recording.refusal("state", message, "not_the_proposer")


def of_move(
    batch: RepatriationBatch,
    *,
    by: AnyActor,
    to_status: str,
    picture: Reconciliation,
) -> None:
    """Refuse a step of a batch: by its machine, by its figures, or because it is the cell's.

    :raises PermissionDenied: for whoever may not move it.
    :raises ValidationError: where its life has no such step, or something is missing.
    """
    require(by, Act.MOVE_BATCHES)
    recording.require_own(by, batch)
    _require_cell(by, batch, to_status)
    batches.check_step(batch.status, to_status)
    batches.check_published(to_status, is_published=batch.is_published)
    batches.check_guard(
        to_status,
        has_headcount=bool(picture.whole.claims),
        slots=picture.whole.slots,
        states=picture.states,
        is_accepted=picture.is_difference_accepted,
    )


def _require_cell(by: AnyActor, batch: RepatriationBatch, to_status: str) -> None:
    """Leave a movement that is not over to those who may read where it goes and when.

    :raises PermissionDenied: for anybody else.
    """
    is_moving = batch.status in batches.MOVING or to_status in batches.MOVING
    if is_moving and by.clearance < CRITICAL:
        raise recording.NotYours(batch, FOR_THE_CELL)
