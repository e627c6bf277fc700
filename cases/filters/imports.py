"""Files taken in."""

from cases.filters.base import Term
from cases.filters.records import RecordFilters
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState


class ImportFilters(RecordFilters):
    kind = Term(ImportKind)
    mode = Term(ImportMode)
    state = Term(ImportState)
