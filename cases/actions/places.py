"""Places and their names."""

from typing import Any

from cases.access.actor import AnyActor
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Organisation, Place, PlaceName


def add(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Place:
    """Add a place."""
    return recording.add(Place, by=by, act=Act.KEEP_PLACES, organisation=organisation, **fields)


def amend(place: Place, *, by: AnyActor, version: int | None, **changes: Any) -> Place:
    """Change a place."""
    return recording.amend(place, by=by, act=Act.KEEP_PLACES, version=version, **changes)


def add_name(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> PlaceName:
    """Give a place another name."""
    return recording.add(PlaceName, by=by, act=Act.KEEP_PLACES, organisation=organisation, **fields)


def amend_name(name: PlaceName, *, by: AnyActor, version: int | None, **changes: Any) -> PlaceName:
    """Mend a name of a place."""
    return recording.amend(name, by=by, act=Act.KEEP_PLACES, version=version, **changes)
