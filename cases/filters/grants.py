"""Grants between organisations."""

from cases.filters.base import IsFilled, Link, Term
from cases.filters.dates import Moment
from cases.filters.records import RecordFilters
from cases.models import Individual, Organisation
from cases.vocabulary.grants import GrantLevel, GrantPurpose, LegalBasis


class GrantFilters(RecordFilters):
    individual = Link(Individual)
    recipient = Link(Organisation)
    level = Term(GrantLevel)
    purpose = Term(GrantPurpose)
    legal_basis = Term(LegalBasis)
    is_revoked = IsFilled("revoked_at")
    expires_after = Moment("expires_at", "gt", "Only those that end after this moment.")
