"""The defined groups that numbers are about, as faces show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from cases.models import Population, ReportedCount
from cases.rules.counts import OUTSTANDING_CATEGORIES
from cases.vocabulary.counts import Measure, PopulationCategory, Unit


@dataclass(frozen=True)
class Definition:
    """Who belongs to a group and how it relates to the others."""

    code: str
    title: str
    definition: str
    category: PopulationCategory
    is_in_scope: bool
    origin: str
    location: str
    held_by: str
    part_of: str
    leaves: str
    defined_by: str
    origins: int
    """How many statements give a figure of it that stands, as far as the reader sees."""

    @property
    def is_outstanding(self) -> bool:
        return self.is_in_scope and self.category in OUTSTANDING_CATEGORIES


def definitions() -> tuple[Definition, ...]:
    """List all groups, those in scope first."""
    rows = Population.objects.select_related(
        "origin_place", "location_place", "holding_body", "subset_of", "leaves", "organisation"
    )
    counted = ReportedCount.objects.filter(superseded_at__isnull=True, retracted_at__isnull=True)
    origins = dict(
        counted.order_by().values_list("population").annotate(Count("statement", distinct=True))
    )
    return tuple(_definition(row, origins) for row in rows.order_by("-in_scope", "title", "code"))


def with_outstanding_claims() -> list[Population]:
    """List the groups in scope with a claim that people are outstanding, those held first."""
    claimed = ReportedCount.objects.filter(measure=Measure.STOCK, unit=Unit.PERSON)
    found = Population.objects.filter(
        in_scope=True,
        category__in=OUTSTANDING_CATEGORIES,
        pk__in=claimed.values("population"),
    )
    return sorted(
        found, key=lambda row: (OUTSTANDING_CATEGORIES.index(row.category), row.title, row.code)
    )


def of_code(code: str) -> Population | None:
    """Find a group by its code."""
    return Population.objects.filter(code=code).first()


def _definition(row: Population, origins: Mapping[UUID, int]) -> Definition:
    return Definition(
        code=row.code,
        title=row.title,
        definition=row.definition,
        category=PopulationCategory(row.category),
        is_in_scope=row.in_scope,
        origin=row.origin_place.name if row.origin_place else "",
        location=row.location_place.name if row.location_place else "",
        held_by=row.holding_body.name if row.holding_body else "",
        part_of=row.subset_of.title if row.subset_of else "",
        leaves=row.leaves.title if row.leaves else "",
        defined_by=row.organisation.name,
        origins=origins.get(row.pk, 0),
    )
