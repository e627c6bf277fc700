"""Cases merged."""

from cases.filters.base import IsFilled, Link
from cases.filters.records import RecordFilters
from cases.models import Individual


class MergeFilters(RecordFilters):
    individual = Link(Individual)
    duplicate = Link(Individual)
    is_undone = IsFilled("undone_at")
