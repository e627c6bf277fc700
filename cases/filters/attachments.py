"""Files kept on people."""

from cases.filters.base import IsFilled, Link, Term
from cases.filters.records import RecordFilters
from cases.models import Individual
from cases.vocabulary.attachments import AttachmentKind, MediaType


class AttachmentFilters(RecordFilters):
    individual = Link(Individual)
    kind = Term(AttachmentKind)
    media_type = Term(MediaType)
    is_withdrawn = IsFilled("withdrawn_at")
