"""Routes stop by stop, each as near as the tracker knows where it lies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from cases.models import Place, RouteLeg
from cases.vocabulary.places import PlaceKind
from cases.vocabulary.routes import FarEndRole, LegMode


@dataclass(frozen=True)
class Stop:
    """A place on a way. ``role`` is empty where the way begins.

    A place without coordinates has those of the smallest place around it that has some, whose
    name is then ``placed_by``; without any, its country is all that is known.
    """

    place_id: UUID
    name: str
    role: FarEndRole | None
    mode: LegMode | None
    border_point: str
    country: str
    country_name: str
    latitude: float | None
    longitude: float | None
    placed_by: str


def ways(routes: Collection[UUID]) -> Mapping[UUID, tuple[Stop, ...]]:
    """Give the stops of each route, from where it begins."""
    legs = RouteLeg.objects.filter(route__in=routes).order_by("route", "number")
    rows = list(
        legs.values_list("route", "from_place", "to_place", "mode", "far_end_role", "border_point")
    )
    if not rows:
        return {}
    places = _Places.read()
    found: dict[UUID, list[Stop]] = {}
    for route, start, end, mode, role, border in rows:
        stops = found.setdefault(route, [])
        if not stops:
            stops.append(places.stop(start))
        stops.append(places.stop(end, FarEndRole(role), LegMode(mode), border))
    return {route: tuple(stops) for route, stops in found.items()}


@dataclass(frozen=True)
class _Places:
    rows: Mapping[UUID, Place]

    @classmethod
    def read(cls) -> "_Places":
        columns = ("id", "parent", "name", "kind", "iso_3166_1", "latitude", "longitude")
        return cls({place.pk: place for place in Place.objects.only(*columns)})

    def stop(
        self,
        key: UUID,
        role: FarEndRole | None = None,
        mode: LegMode | None = None,
        border: UUID | None = None,
    ) -> Stop:
        around = self._around(key)
        known = next((place for place in around if place.latitude is not None), None)
        country = next((place for place in around if place.kind == PlaceKind.COUNTRY), None)
        return Stop(
            place_id=key,
            name=around[0].name,
            role=role,
            mode=mode,
            border_point=self.rows[border].name if border and border in self.rows else "",
            country=country.iso_3166_1 if country else "",
            country_name=country.name if country else "",
            latitude=float(known.latitude) if known and known.latitude is not None else None,
            longitude=float(known.longitude) if known and known.longitude is not None else None,
            placed_by=known.name if known and known is not around[0] else "",
        )

    def _around(self, key: UUID) -> list[Place]:
        """Give a place and those it lies in, from small to large."""
        found: list[Place] = []
        here: UUID | None = key
        while here is not None and here in self.rows and self.rows[here] not in found:
            found.append(self.rows[here])
            here = self.rows[here].parent_id
        return found
