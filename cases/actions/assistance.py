"""Help needed, promised or given."""

from typing import Any

from cases.access.actor import AnyActor
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Assistance, Organisation
from cases.rules.assistance import STAGE

KEEP = Act.KEEP_ASSISTANCE


def record(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Assistance:
    """Record help for a person or a population."""
    return recording.add(Assistance, by=by, act=KEEP, organisation=organisation, **fields)


def amend(
    assistance: Assistance, *, by: AnyActor, version: int | None, **changes: Any
) -> Assistance:
    """Move help on, or mend what is recorded of it.

    :raises ValidationError: where help does not go from its stage to the other.
    """
    return recording.amend(assistance, by=by, act=KEEP, version=version, machine=STAGE, **changes)
