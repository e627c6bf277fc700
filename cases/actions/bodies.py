"""Bodies, officials, their names and offices."""

from typing import Any

from cases.access.actor import AnyActor
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Body, BodyName, Official, OfficialName, Organisation, Tenure

KEEP = Act.KEEP_BODIES


def add(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Body:
    """Add a body."""
    return recording.add(Body, by=by, act=KEEP, organisation=organisation, **fields)


def add_mediating(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Body:
    """Add a body that mediates."""
    fields["mediates"] = True
    return add(by=by, organisation=organisation, **fields)


def amend(body: Body, *, by: AnyActor, version: int | None, **changes: Any) -> Body:
    """Change a body."""
    return recording.amend(body, by=by, act=KEEP, version=version, **changes)


def add_name(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> BodyName:
    """Give a body another name."""
    return recording.add(BodyName, by=by, act=KEEP, organisation=organisation, **fields)


def amend_name(name: BodyName, *, by: AnyActor, version: int | None, **changes: Any) -> BodyName:
    """Mend a name of a body."""
    return recording.amend(name, by=by, act=KEEP, version=version, **changes)


def add_official(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> Official:
    """Add a person who speaks in office."""
    return recording.add(Official, by=by, act=KEEP, organisation=organisation, **fields)


def amend_official(
    official: Official, *, by: AnyActor, version: int | None, **changes: Any
) -> Official:
    """Change an official."""
    return recording.amend(official, by=by, act=KEEP, version=version, **changes)


def name_official(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> OfficialName:
    """Record a name that a source gives an official."""
    return recording.add(OfficialName, by=by, act=KEEP, organisation=organisation, **fields)


def amend_official_name(
    name: OfficialName, *, by: AnyActor, version: int | None, **changes: Any
) -> OfficialName:
    """Mend a name of an official."""
    return recording.amend(name, by=by, act=KEEP, version=version, **changes)


def add_tenure(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Tenure:
    """Record an office that somebody says an official holds."""
    return recording.add(Tenure, by=by, act=KEEP, organisation=organisation, **fields)


def amend_tenure(tenure: Tenure, *, by: AnyActor, version: int | None, **changes: Any) -> Tenure:
    """Mend an office."""
    return recording.amend(tenure, by=by, act=KEEP, version=version, **changes)
