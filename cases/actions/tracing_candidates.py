"""Who may be the person sought: proposed by one, confirmed by another, rejected, taken back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording, tracing_actions, tracing_guards, tracing_steps
from cases.models import Individual, TracingCandidate, TracingRequest
from cases.models.duplicates import MOST_LIKENESS
from cases.queries import tracing as queries
from cases.rules import tracing as rules
from cases.vocabulary.tracing import TracingState
from cases.vocabulary.tracing_work import CandidateState

KEEP, CONFIRM = Act.KEEP_TRACING, Act.CONFIRM_TRACING


@transaction.atomic
def propose(
    *,
    by: AnyActor,
    request: TracingRequest,
    individual: Individual,
    why: str = "",
    version: int | None = None,
) -> TracingCandidate:
    """Propose a case as the person sought, with what the search for names says of it.

    :raises PermissionDenied: for another organisation's case.
    :raises ValidationError: where it is known already who it is, or was decided of this case; and
        without a reason, where the names lead nowhere.
    """
    require(by, KEEP)
    recording.hold(Individual, individual.pk)
    request = tracing_guards.held(request, version)
    tracing_guards.of_proposal(request, by=by)
    recording.require_kept_together(request, individual)
    found = queries.match_of(request, individual)
    if found is None and not why.strip():
        message = _("The names do not lead to this case. Say why it may be the person.")
        raise recording.refusal("why", message, "no_reason")
    row = recording.add(
        TracingCandidate,
        by=by,
        act=KEEP,
        organisation=request.organisation,
        request=request,
        individual=individual,
        why=why,
        likeness=None if found is None else round(found.score * MOST_LIKENESS),
        reasons="" if found is None else "; ".join(map(str, found.reasons)),
    )
    if request.state != TracingState.PROPOSED:
        _moved(request, by=by, state=TracingState.PROPOSED)
    return row


@transaction.atomic
def confirm(
    candidate: TracingCandidate, *, by: AnyActor, version: int | None, reason: str = ""
) -> TracingCandidate:
    """Say, as a second person, that a case is the person sought: the request leads to it.

    :raises ValidationError: for one's own proposal, and for one that is decided.
    """
    require(by, CONFIRM)
    row, request = _held(candidate, version)
    tracing_guards.of_confirmation(row, by=by)
    person = Individual.objects.get(pk=row.individual_id)
    recording.require_kept_together(request, person)
    row = _decided(row, CandidateState.CONFIRMED, by=by, act=CONFIRM, reason=reason)
    tracing_steps.withdraw_waiting(request, by=by, reason=_("Another case was confirmed."))
    _moved(request, by=by, state=TracingState.FOUND, individual=person)
    return row


@transaction.atomic
def reject(
    candidate: TracingCandidate, *, by: AnyActor, version: int | None, reason: str
) -> TracingCandidate:
    """Say that a case is somebody else: it is not offered for this request again.

    :raises ValidationError: without a reason, and for one that is decided.
    """
    require(by, KEEP)
    row, request = _held(candidate, version)
    tracing_guards.of_rejection(row, by=by)
    rules.check_reason(reason)
    row = _decided(row, CandidateState.REJECTED, by=by, act=KEEP, reason=reason)
    _back_to_work(request, by=by)
    return row


@transaction.atomic
def take_back(
    candidate: TracingCandidate, *, by: AnyActor, version: int | None, reason: str
) -> TracingCandidate:
    """Take back a proposal or a decision: nothing is said of the case any more.

    :raises PermissionDenied: for a decision, to whoever confirms nobody.
    :raises ValidationError: without a reason, and for one that is taken back already.
    """
    require(by, KEEP)
    row, request = _held(candidate, version)
    tracing_guards.of_taking_back(row, by=by)
    rules.check_reason(reason)
    was_confirmed = row.state == CandidateState.CONFIRMED
    row = _decided(row, CandidateState.WITHDRAWN, by=by, act=KEEP, reason=reason)
    if was_confirmed:
        before = request.get_state_display()
        moved = tracing_steps.unlink(request, by=by)
        tracing_actions.note_step(moved, by=by, before=before, reason=reason)
    else:
        _back_to_work(request, by=by)
    return row


def _held(
    candidate: TracingCandidate, version: int | None
) -> tuple[TracingCandidate, TracingRequest]:
    """Lock the case, then the request, and read the proposal as it stands now."""
    recording.hold(Individual, candidate.individual_id)
    request = tracing_guards.held(TracingRequest(pk=candidate.request_id), None)
    row = TracingCandidate.objects.get(pk=candidate.pk)
    recording.compare(row, version)
    return row, request


def _decided(
    row: TracingCandidate, state: CandidateState, *, by: AnyActor, act: Act, reason: str
) -> TracingCandidate:
    return recording.amend(
        row, by=by, act=act, version=None, machine=rules.CANDIDATE,
        state=state, decided_at=clock.now(), decided_by_id=by.user_id, decision_reason=reason,
    )  # fmt: skip


def _moved(request: TracingRequest, *, by: AnyActor, **changes: Any) -> TracingRequest:
    return recording.amend(request, by=by, act=KEEP, version=None, machine=rules.REQUEST, **changes)


def _back_to_work(request: TracingRequest, *, by: AnyActor) -> None:
    """Look on where no case waits for a decision any more."""
    with acting_as(System("asking who else is proposed")):
        is_waited_for = queries.waiting(request).exists()
    if request.state == TracingState.PROPOSED and not is_waited_for:
        _moved(request, by=by, state=TracingState.IN_PROGRESS)
