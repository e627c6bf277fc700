"""What a step of a case is made of: where it belongs, and how it is taken."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Individual, StatusEvent, StatusProposal
from cases.rules import dates, status, timeline
from cases.rules.timeline import Placed, Step
from cases.vocabulary.status import Axis, ProposalState

_TICK = timedelta(microseconds=1)


def placed_at(
    person: Individual,
    *,
    axis: str,
    to_status: str,
    occurred_edtf: str = "",
    corrects: StatusEvent | None = None,
    **_further: Any,
) -> Placed:
    """Say where a step belongs among those recorded.

    :raises ValidationError: where the machine has no such step there.
    """
    status.check_axis(axis)
    if corrects is not None:
        timeline.check_same_person(corrects.individual_id, person.pk)
    machine = status.MACHINES[Axis(axis)]
    days = dates.bounds(occurred_edtf) if axis == Axis.RETURN else (None, None)
    return timeline.place(
        machine,
        steps_of(person, axis),
        getattr(person, machine.column),
        after=to_status,
        days=days,
        corrects=None if corrects is None else corrects.pk,
    )


def steps_of(person: Individual, axis: str) -> list[Step]:
    """Read the steps of a case on one axis, in the order of recording."""
    with acting_as(System("reading the steps of a case")):
        rows: Iterable[Any] = StatusEvent.objects.filter(individual=person, axis=axis).order_by(
            "recorded_at", "pk"
        )
        return [
            Step(
                key=row.pk,
                before=row.from_status,
                after=row.to_status,
                earliest=row.occurred_earliest,
                latest=row.occurred_latest,
                corrects=row.corrects_id,
                moves=row.moves,
            )
            for row in rows
        ]


def standing_of(person: Individual, axis: str) -> UUID | None:
    """Give the id of the event that a case stands on."""
    last = timeline.standing(steps_of(person, axis))
    return None if last is None else last.key


def pending(person: Individual, axis: str) -> StatusProposal | None:
    """Give the step of a case that waits for a second person."""
    with acting_as(System("asking whether a step is proposed")):
        waiting = StatusProposal.objects.filter(individual=person, state=ProposalState.PENDING)
        return waiting.filter(axis=axis).first()


def take(
    person: Individual,
    placed: Placed,
    *,
    by: AnyActor,
    axis: str,
    to_status: str,
    deciding: StatusProposal | None = None,
    **fields: Any,
) -> StatusEvent:
    """Record a step and move the case there, unless the step belongs in its past."""
    column = status.MACHINES[Axis(axis)].column
    changed = [column] if placed.moves else []
    before = recording.swap(person, changed)
    # A clock that was set back must not put a later step before an earlier one.
    with clock.fixed(_after_the_last(person, axis)):
        event = recording.add(
            StatusEvent,
            by=by,
            act=Act.RECORD_STATUS,
            individual=person,
            axis=axis,
            from_status=placed.before,
            to_status=to_status,
            moves=placed.moves,
            **fields,
        )
    if placed.moves:
        setattr(person, column, to_status)
        person.save(update_fields=[column])
        _overtake(person, by=by, axis=axis, but=deciding)
    recording.trail(person, by=by, act="moved", changed=changed, versions=(before, before + 1))
    return event


def _after_the_last(person: Individual, axis: str) -> Any:
    with acting_as(System("reading when the last step was recorded")):
        rows = StatusEvent.objects.filter(individual=person, axis=axis)
        last = rows.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return clock.now() if last is None else max(clock.now(), last + _TICK)


def _overtake(person: Individual, *, by: AnyActor, axis: str, but: StatusProposal | None) -> None:
    """End what was proposed of a case that has moved on; as the system: a partner sees its own."""
    with acting_as(System("ending what a step has overtaken")):
        waiting = StatusProposal.objects.filter(individual=person, state=ProposalState.PENDING)
        for row in waiting.filter(axis=axis):
            if row != but:
                settle(row, by=by, state=ProposalState.OVERTAKEN)


def settle(row: StatusProposal, *, by: AnyActor, state: str, **values: Any) -> None:
    """End a proposal.

    :raises ValidationError: for one that is decided, or decided by whoever proposed it.
    """
    status.PROPOSAL.check(row.state, state)
    ended: Mapping[str, Any] = {"state": state, "decided_at": clock.now(), **values}
    before = recording.swap(row, list(ended))
    for name, value in ended.items():
        setattr(row, name, value)
    row.kept = frozenset(field.name for field in row._meta.fields).difference(ended)
    row.full_clean()
    row.save()
    recording.trail(row, by=by, act=str(state), changed=list(ended), versions=(before, before + 1))
