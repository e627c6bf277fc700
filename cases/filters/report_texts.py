"""Texts of reports."""

from cases.filters.base import Link, Term
from cases.filters.records import RecordFilters
from cases.models import SourceReport, User
from cases.vocabulary.reports import DigestState


class ReportTextFilters(RecordFilters):
    report = Link(SourceReport)
    digest_state = Term(DigestState)
    taken_by = Link(User)
