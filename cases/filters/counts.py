"""Populations, figures and how figures relate."""

from cases.filters.base import Code, Flag, IsFilled, Link, Term, Words
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Body, Place, Population, RepatriationBatch, ReportedCount, Statement
from cases.vocabulary.counts import (
    CountState,
    Dimension,
    LinkKind,
    Measure,
    PopulationCategory,
    Qualifier,
    Unit,
)


class PopulationFilters(RecordFilters):
    q = Words(Population, "title", "code")
    code = Code()
    category = Term(PopulationCategory)
    origin_place = Link(Place)
    location_place = Link(Place)
    holding_body = Link(Body)
    in_scope = Flag()
    subset_of = Link(Population)
    leaves = Link(Population)


class ReportedCountFilters(RecordFilters):
    statement = Link(Statement)
    population = Link(Population)
    batch = Link(RepatriationBatch)
    part_of = Link(ReportedCount)
    is_subgroup = IsFilled("part_of")
    measure = Term(Measure)
    qualifier = Term(Qualifier)
    unit = Term(Unit)
    dimension = Term(Dimension)
    state = Term(CountState)
    is_published = Flag()
    as_of_after = MayBeAfter("as_of")
    as_of_before = MayBeBefore("as_of")


class CountLinkFilters(RecordFilters):
    from_count = Link(ReportedCount)
    to_count = Link(ReportedCount)
    kind = Term(LinkKind)
