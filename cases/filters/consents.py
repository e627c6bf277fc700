"""Consents and other bases, and whom a case is kept from."""

from cases.filters.base import IsFilled, Link, Term
from cases.filters.dates import Day
from cases.filters.records import RecordFilters
from cases.models import Body, Individual, Organisation
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.grants import LegalBasis


class ConsentFilters(RecordFilters):
    individual = Link(Individual)
    recipient = Link(Organisation)
    body = Link(Body)
    purpose = Term(ProcessingPurpose)
    legal_basis = Term(LegalBasis)
    is_withdrawn = IsFilled("withdrawn_at")
    expires_before = Day("expires_on", "lt", "Only those that end before this day.")


class ExclusionFilters(RecordFilters):
    individual = Link(Individual)
    is_lifted = IsFilled("lifted_at")
