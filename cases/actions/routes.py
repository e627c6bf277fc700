"""Ways home, leg by leg."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Organisation, Place, Route, RouteLeg
from cases.rules import routes

KEEP = Act.KEEP_ROUTES


def add(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Route:
    """Add a route; its legs follow."""
    return recording.add(Route, by=by, act=KEEP, organisation=organisation, **fields)


def amend(route: Route, *, by: AnyActor, version: int | None, **changes: Any) -> Route:
    """Change a route's code or title."""
    return recording.amend(route, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def add_leg(
    *,
    by: AnyActor,
    route: Route,
    number: int | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> RouteLeg:
    """Add the next leg of a route; it begins where the one before ends.

    :raises ValidationError: if it does not join, or its number is not the next.
    """
    require(by, KEEP)
    recording.require_own(by, route)
    recording.hold(Route, route.pk)
    last = route.legs.order_by("-number").first()
    following = last.number + 1 if last else 1
    if number not in {None, following}:
        message = _("The next leg of this route is number %(number)s.") % {"number": following}
        raise recording.refusal("number", message, "not_the_next_leg")
    if last is not None and "from_place" in fields:
        _check_join(last.to_place, fields["from_place"], following)
    return recording.add(
        RouteLeg,
        by=by,
        act=KEEP,
        organisation=organisation,
        route=route,
        number=following,
        **fields,
    )


@transaction.atomic
def amend_leg(leg: RouteLeg, *, by: AnyActor, version: int | None, **changes: Any) -> RouteLeg:
    """Change a leg; it still joins the legs on both sides.

    :raises ValidationError: if it no longer does.
    """
    require(by, KEEP)
    recording.hold(Route, leg.route_id)
    kept = {name: getattr(leg, name) for name in ("route", "number")}
    if any(changes.get(name, value) != value for name, value in kept.items()):
        message = _("A leg keeps its route and its number. Change its places instead.")
        raise recording.refusal("number", message, "leg_stays")
    legs = RouteLeg.objects.filter(route=leg.route_id)
    before = legs.filter(number=leg.number - 1).first()
    after = legs.filter(number=leg.number + 1).first()
    if before is not None and "from_place" in changes:
        _check_join(before.to_place, changes["from_place"], leg.number)
    if after is not None and "to_place" in changes:
        _check_join(changes["to_place"], after.from_place, after.number)
    return recording.amend(leg, by=by, act=KEEP, version=version, **changes)


def _check_join(end: Place, start: Place, number: int) -> None:
    routes.check_joins(end.pk, start.pk, number, (end.name, start.name))
