"""Dated steps of a case."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Individual, Organisation, Statement, StatusEvent
from cases.queries.claims import claimant_of
from cases.rules import dates, individuals, status
from cases.vocabulary.bodies import BodyKind
from cases.vocabulary.status import Axis, ReturnStatus

_FIELD = {Axis.RETURN: "return_status", Axis.WORK: "work_status"}
_OFFICIAL = (BodyKind.STATE, BodyKind.GOVERNMENT_OFFICE, BodyKind.OMBUDSMAN)


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

    ``version`` is that of the case as the writer has read it.

    :raises Conflict: if the case has changed since.
    :raises ValidationError: where the machine has no such step, or a guard says no.
    :raises PermissionDenied: for a step that a second person takes.
    """
    require(by, Act.RECORD_STATUS)
    recording.require_own(by, individual)
    recording.hold(Individual, individual.pk)  # no tie comes between a guard and its step
    recording.compare(individual, version)
    status.check_axis(axis)
    field = _FIELD[Axis(axis)]
    current = getattr(individual, field)
    status.check_step(axis, current, to_status)
    told = [fields.get(name) for name in ("statement", "second_statement")]
    statements = [statement for statement in told if statement is not None]
    _guard(individual, by=by, axis=axis, to_status=to_status, statements=statements)
    before = recording.swap(individual)
    event = recording.add(
        StatusEvent,
        by=by,
        act=Act.RECORD_STATUS,
        organisation=organisation,
        individual=individual,
        axis=axis,
        from_status=current,
        to_status=to_status,
        **fields,
    )
    setattr(individual, field, to_status)
    individual.save(update_fields=[field])
    recording.trail(individual, by=by, act="moved", changed=[field], versions=(before, before + 1))
    return event


def _guard(
    individual: Individual,
    *,
    by: AnyActor,
    axis: str,
    to_status: str,
    statements: Sequence[Statement],
) -> None:
    if status.needs_second_person(axis, to_status):
        require(by, Act.APPROVE_STATUS)
        _refuse_own_proposal(individual, by=by, axis=axis, statements=statements)
    if to_status == ReturnStatus.DECEASED:
        _guard_death(statements)
    if to_status == ReturnStatus.WITH_FAMILY:
        certainties = individual.family_links.values_list("certainty", flat=True)
        status.check_minor_with_family(
            is_minor=individuals.is_minor(
                individual.age_as_stated,
                born_latest=dates.bounds(individual.birth_edtf)[1],
                on=clock.today(),
            ),
            certainties=frozenset(certainties),
        )


def _refuse_own_proposal(
    individual: Individual, *, by: AnyActor, axis: str, statements: Sequence[Statement]
) -> None:
    last = individual.status_events.filter(axis=axis).order_by("-recorded_at").first()
    proposer = (last or individual).recorded_by_id
    own = {proposer, *(statement.recorded_by_id for statement in statements)} - {None}
    if by.user_id in own:
        message = "A second person takes this step: what it follows on was recorded by you."
        raise recording.refusal("to_status", message, "own_proposal")


def _guard_death(statements: Sequence[Statement]) -> None:
    """Count who speaks of the death: two statements of one speaker are one origin."""
    origins = {claimant_of(statement, ()).key for statement in statements}
    official = any(
        statement.speakers.filter(body__kind__in=_OFFICIAL).exists() for statement in statements
    )
    status.check_death(len(origins), is_official=official)
