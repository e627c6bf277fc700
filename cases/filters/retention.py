"""Periods, legal holds and anonymised records."""

from cases.filters.base import IsFilled, Link, Term
from cases.filters.records import RecordFilters
from cases.models import Individual
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.retention import AnonymisationState
from cases.vocabulary.status import WorkStatus


class RetentionPeriodFilters(RecordFilters):
    purpose = Term(ProcessingPurpose)
    work_status = Term(WorkStatus)


class LegalHoldFilters(RecordFilters):
    individual = Link(Individual)
    is_lifted = IsFilled("lifted_at")


class AnonymisationFilters(RecordFilters):
    individual = Link(Individual)
    state = Term(AnonymisationState)
