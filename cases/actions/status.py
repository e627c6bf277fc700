"""Dated steps of a case."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import guards, proposals, recording, steps
from cases.models import Individual, Organisation, StatusEvent
from cases.rules import status
from cases.vocabulary.status import Axis, WorkStatus

_SECOND = gettext_lazy("This step needs a second person. Propose it; somebody else approves it.")


@transaction.atomic
def record(
    *,
    by: AnyActor,
    individual: Individual,
    to_status: str,
    axis: str = Axis.RETURN,
    version: int | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> StatusEvent:
    """Record a step on one axis and move the case there.

    A step that happened before the one the case stands on is kept where it belongs and moves
    nothing. ``corrects`` names an event that was wrong. *Pending closure* proposes the closure.
    ``version`` is that of the case as the writer has read it.

    :raises Conflict: if the case has changed since.
    :raises ValidationError: where the machine has no such step, a guard says no, or the step
        needs a second person.
    """
    require(by, Act.RECORD_STATUS)
    recording.require_own(by, individual)
    recording.hold(Individual, individual.pk)  # no tie comes between a guard and its step
    recording.compare(individual, version)
    placed = steps.placed_at(individual, axis=axis, to_status=to_status, **fields)
    if status.needs_second_person(axis, placed.judged_from, to_status):
        raise recording.refusal("to_status", _SECOND, "needs_second_person")
    told = [fields.get(name) for name in ("statement", "second_statement")]
    guards.of_step(individual, to_status=to_status, told=told)
    event = steps.take(
        individual,
        placed,
        by=by,
        axis=axis,
        to_status=to_status,
        organisation=organisation,
        **fields,
    )
    if to_status == WorkStatus.PENDING_CLOSURE and placed.moves:
        proposals.propose_closure(event, by=by, organisation=organisation)
    return event
