"""Contradictions and their sides."""

from cases.filters.base import Flag, Link, Term, Words
from cases.filters.records import RecordFilters
from cases.models import Discrepancy, ReportedCount, Statement, User
from cases.vocabulary.counts import DiscrepancyKind, DiscrepancyState


class DiscrepancyFilters(RecordFilters):
    q = Words(Discrepancy, "title")
    kind = Term(DiscrepancyKind)
    state = Term(DiscrepancyState)
    is_automatic = Flag()
    owner = Link(User)


class DiscrepancyMemberFilters(RecordFilters):
    discrepancy = Link(Discrepancy)
    statement = Link(Statement)
    count = Link(ReportedCount)
