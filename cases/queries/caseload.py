"""The tracker's own count of people, beside the claims and never mixed with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import ngettext

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.access.sensitivity import PROTECTED
from cases.models import Individual, Place, Population
from cases.rules.numbers import grouped
from cases.vocabulary.counts import PopulationCategory
from cases.vocabulary.places import PlaceKind
from cases.vocabulary.status import ReturnStatus

STATUS_OF: Mapping[str, ReturnStatus] = {
    PopulationCategory.HELD: ReturnStatus.LOCATED_HELD,
    PopulationCategory.MISSING: ReturnStatus.UNACCOUNTED_FOR,
    PopulationCategory.STRANDED: ReturnStatus.LOCATED_IN_AREA,
    PopulationCategory.AWAITING_RETURN: ReturnStatus.LISTED_FOR_RETURN,
}
_COARSE = (PlaceKind.COUNTRY, PlaceKind.OBLAST, PlaceKind.DISTRICT)


@dataclass(frozen=True)
class OwnCount:
    """How many of the own cases fit a population: a count of records, not a claim."""

    cases: int
    status: ReturnStatus
    home: str

    @property
    def in_words(self) -> str:
        return ngettext(
            "%(count)s case with the status “%(status)s” and a home in %(home)s",
            "%(count)s cases with the status “%(status)s” and a home in %(home)s",
            self.cases,
        ) % {
            "count": grouped(self.cases),
            "status": self.status.label,
            "home": self.home,
        }


def own_counts(populations: Sequence[Population]) -> dict[UUID, OwnCount]:
    """Count the cases that the reader's organisation keeps for each population, in two queries.

    Those that others have shared are left out: a total would tell what a grant withholds.

    A population without an origin place, or of a category no status fits, is left out. So is
    everything for a reader who may not read cases or statuses; and an origin more precise than a
    district, for a reader who may not read where a person's home is.
    """
    actor = current_actor()
    if not actor.may(Act.READ_CASES) or "return_status" in Individual.masked_for_actor():
        return {}
    tree = _Tree.read()
    asked = {
        population.pk: (STATUS_OF[population.category], population.origin_place_id)
        for population in populations
        if population.category in STATUS_OF
        and population.origin_place_id in tree.names
        and (actor.clearance >= PROTECTED or tree.kinds[population.origin_place_id] in _COARSE)
    }
    if not asked:
        return {}
    kept = Individual.objects.all()
    if actor.organisation_id is not None:
        kept = kept.filter(organisation=actor.organisation_id)
    numbers = kept.aggregate(
        **{
            f"n{key.hex}": Count(
                "pk", filter=Q(return_status=status, home_place__in=tree.below(place))
            )
            for key, (status, place) in asked.items()
        }
    )
    return {
        key: OwnCount(numbers[f"n{key.hex}"], status, tree.names[place])
        for key, (status, place) in asked.items()
    }


@dataclass(frozen=True)
class _Tree:
    names: Mapping[UUID | None, str]
    kinds: Mapping[UUID | None, str]
    children: Mapping[UUID | None, Sequence[UUID]]

    @classmethod
    def read(cls) -> "_Tree":
        rows = list(Place.objects.values_list("pk", "parent", "name", "kind"))
        children: dict[UUID | None, list[UUID]] = {}
        for key, parent, _name, _kind in rows:
            children.setdefault(parent, []).append(key)
        names: dict[UUID | None, str] = {key: name for key, _, name, _ in rows}
        kinds: dict[UUID | None, str] = {key: kind for key, _, _, kind in rows}
        return cls(names, kinds, children)

    def below(self, place: UUID | None) -> set[UUID]:
        """Give a place and all within it; a circle of parents ends where it began."""
        found: set[UUID] = set()
        waiting = [] if place is None else [place]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(self.children.get(here, ()))
        return found
