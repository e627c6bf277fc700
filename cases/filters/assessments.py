"""Adopted figures."""

from cases.filters.base import IsEmpty, Link
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Population


class AssessmentFilters(RecordFilters):
    population = Link(Population)
    is_proposal = IsEmpty("approved_at")
    as_of_after = MayBeAfter("as_of")
    as_of_before = MayBeBefore("as_of")
