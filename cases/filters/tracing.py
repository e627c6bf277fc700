"""Requests to look for somebody, what was done for them, and who it may be."""

from cases.filters.base import Code, Link, Search, Term
from cases.filters.dates import MayBeAfter, MayBeBefore, Moment
from cases.filters.records import RecordFilters
from cases.models import Body, Contact, Individual, TracingRequest, User
from cases.vocabulary.individuals import CaseSensitivity, Priority, Sex
from cases.vocabulary.tracing import TracingOutcome, TracingState
from cases.vocabulary.tracing_work import CandidateState, TracingActionKind


class TracingRequestFilters(RecordFilters):
    q = Search((TracingRequest, "pk"))
    number = Code()
    state = Term(TracingState)
    outcome = Term(TracingOutcome)
    assigned_to = Link(User)
    priority = Term(Priority)
    sensitivity = Term(CaseSensitivity)
    individual = Link(Individual)
    enquirer = Link(Contact)
    enquirer_body = Link(Body)
    sex = Term(Sex)
    asked_after = MayBeAfter("asked")
    asked_before = MayBeBefore("asked")
    closed_after = Moment("closed_at", "gt", "Only those closed after this moment.")
    closed_before = Moment("closed_at", "lt", "Only those closed before this moment.")


class TracingActionFilters(RecordFilters):
    request = Link(TracingRequest)
    kind = Term(TracingActionKind)
    body = Link(Body)
    done_by = Link(User)
    done_after = MayBeAfter("done")
    done_before = MayBeBefore("done")


class TracingCandidateFilters(RecordFilters):
    request = Link(TracingRequest)
    individual = Link(Individual)
    state = Term(CandidateState)
