"""Dated steps of a case."""

from cases.filters.base import Code, Link, Term
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Individual, Place, Statement, StatusEvent
from cases.vocabulary.status import Axis


class StatusEventFilters(RecordFilters):
    individual = Link(Individual)
    axis = Term(Axis)
    to_status = Code()
    place = Link(Place)
    statement = Link(Statement)
    corrects = Link(StatusEvent)
    occurred_after = MayBeAfter("occurred")
    occurred_before = MayBeBefore("occurred")
