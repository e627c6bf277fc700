"""Steps that wait for a second person, and those decided."""

from cases.filters.base import Code, Link, Term
from cases.filters.records import RecordFilters
from cases.models import Individual
from cases.vocabulary.status import Axis, ProposalState


class StatusProposalFilters(RecordFilters):
    individual = Link(Individual)
    axis = Term(Axis)
    to_status = Code()
    state = Term(ProposalState)
