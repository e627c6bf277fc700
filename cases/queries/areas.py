"""How exactly a place may be told: its district, or as exactly as the figures need."""

from collections.abc import Iterator
from uuid import UUID

from cases.access.gate import System, acting_as
from cases.models import Place, Population
from cases.vocabulary.places import PlaceKind

_COARSE = (PlaceKind.COUNTRY, PlaceKind.OBLAST, PlaceKind.DISTRICT)


def district_of(place: UUID | None) -> UUID | None:
    """Give the district that a place is in, or what is larger; none where there is none."""
    with acting_as(System("telling a place coarsely")):
        return next((above.pk for above in _upwards(place) if above.kind in _COARSE), None)


def coarsest_that_counts(place: UUID | None) -> UUID | None:
    """Give the coarsest place, up to the district, at which no population gains or loses a case.

    One that is a population's own origin is not left: the case would drop out of its count.
    """
    with acting_as(System("keeping a place only as exactly as the figures need")):
        origins = set(Population.objects.values_list("origin_place", flat=True))
        kept = None
        for here in _upwards(place):
            kept = here.pk
            if here.kind in _COARSE or here.pk in origins:
                break
        return kept


def _upwards(place: UUID | None) -> Iterator[Place]:
    """Give a place and those around it, the nearest first; a circle of parents ends."""
    seen: set[UUID] = set()
    while place is not None and place not in seen:
        seen.add(place)
        here = Place.objects.get(pk=place)
        yield here
        place = here.parent_id
