"""Talks and each party's stance."""

from typing import Any

from cases.access.actor import AnyActor
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Negotiation, Organisation, Position
from cases.rules.negotiations import STATUS

RECORD = Act.RECORD_NEGOTIATIONS


def add(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Negotiation:
    """Record talks."""
    return recording.add(Negotiation, by=by, act=RECORD, organisation=organisation, **fields)


def amend(
    negotiation: Negotiation, *, by: AnyActor, version: int | None, **changes: Any
) -> Negotiation:
    """Change talks.

    :raises ValidationError: where talks do not go from their status to the other.
    """
    return recording.amend(
        negotiation, by=by, act=RECORD, version=version, machine=STATUS, **changes
    )


def take_position(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> Position:
    """Record where a party stood, by its own statement."""
    return recording.add(Position, by=by, act=RECORD, organisation=organisation, **fields)


def amend_position(
    position: Position, *, by: AnyActor, version: int | None, **changes: Any
) -> Position:
    """Mend a position."""
    return recording.amend(position, by=by, act=RECORD, version=version, **changes)
