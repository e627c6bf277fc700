"""Files that were asked for."""

from cases.filters.base import Code, Term
from cases.filters.records import RecordFilters
from cases.vocabulary.exports import ExportState


class ExportRunFilters(RecordFilters):
    collection = Code()
    state = Term(ExportState)
