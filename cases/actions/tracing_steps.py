"""A tracing request moves on: taken up, found, closed, opened again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording, tracing_actions, tracing_guards
from cases.models import TracingRequest
from cases.queries import tracing as queries
from cases.rules import tracing
from cases.vocabulary.tracing import ContactWish, TracingState
from cases.vocabulary.tracing_work import CandidateState

KEEP = Act.KEEP_TRACING


@transaction.atomic
def move(
    request: TracingRequest,
    *,
    by: AnyActor,
    version: int | None,
    to_state: str,
    reason: str = "",
    outcome: str = "",
    duplicate_of: TracingRequest | None = None,
) -> TracingRequest:
    """Take a request up, say that the case asked for is found, close it, or open it again.

    :raises ValidationError: where its life has no such step, or the outcome is not what happened.
    """
    require(by, KEEP)
    request = tracing_guards.held(request, version)
    tracing_guards.of_move(request, by=by, to_state=to_state)
    changes: dict[str, Any] = {"state": to_state}
    is_step = to_state == TracingState.CLOSED or request.state in {
        TracingState.CLOSED,
        TracingState.FOUND,
    }
    if is_step:
        tracing.check_reason(reason)
    if to_state == TracingState.CLOSED:
        tracing_guards.of_outcome(request, outcome=outcome, duplicate_of=duplicate_of)
        withdraw_waiting(request, by=by, reason=_("The request was closed."))
        changes |= {"outcome": outcome, "duplicate_of": duplicate_of,
                    "closed_at": clock.now(), "closed_by_id": by.user_id}  # fmt: skip
    elif request.state == TracingState.CLOSED:
        changes |= {"outcome": "", "duplicate_of": None, "closed_at": None, "closed_by_id": None}
    if to_state == TracingState.IN_PROGRESS:
        changes["contact_wish"] = ContactWish.UNKNOWN
    before = request.get_state_display()
    moved = recording.amend(
        request, by=by, act=KEEP, version=None, machine=tracing.REQUEST, **changes
    )
    if is_step:
        tracing_actions.note_step(moved, by=by, before=before, reason=reason)
    return moved


def withdraw_waiting(request: TracingRequest, *, by: AnyActor, reason: str) -> None:
    """Take back the cases that wait for a decision, as the consequence of another act."""
    require(by, KEEP)
    with acting_as(System("taking back what nobody needs to decide any more")):
        for row in queries.waiting(request):
            decided = {"decided_at": clock.now(), "decided_by_id": by.user_id}
            withdrawn = {"state": CandidateState.WITHDRAWN, "decision_reason": reason, **decided}
            recording.settle(row, withdrawn, by=by, act="withdrawn")


def unlink(request: TracingRequest, *, by: AnyActor) -> TracingRequest:
    """Let a request lead to nobody again, as the consequence of a confirmation taken back."""
    require(by, Act.CONFIRM_TRACING)
    changes: dict[str, Any] = {"individual": None, "contact_wish": ContactWish.UNKNOWN}
    if request.state != TracingState.IN_PROGRESS:
        changes["state"] = TracingState.IN_PROGRESS
    return recording.amend(
        request, by=by, act=Act.CONFIRM_TRACING, version=None, machine=tracing.REQUEST, **changes
    )
