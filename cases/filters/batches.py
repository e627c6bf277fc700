"""Batches, their slots, steps and mediators."""

from cases.filters.base import Code, Flag, IsFilled, Link, Number, Term, Words
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import (
    Body,
    Individual,
    Negotiation,
    Place,
    RepatriationBatch,
    Route,
    Statement,
)
from cases.vocabulary.batches import BatchKind, BatchStatus, MediationRole, Presence, RosterPolicy
from cases.vocabulary.individuals import AgeClass, Sex


class RepatriationBatchFilters(RecordFilters):
    q = Words(RepatriationBatch, "title", "code")
    code = Code()
    kind = Term(BatchKind)
    status = Term(BatchStatus)
    route = Link(Route)
    releasing_body = Link(Body)
    receiving_body = Link(Body)
    destination = Link(Place)
    roster_policy = Term(RosterPolicy)
    is_published = Flag()
    departed_after = MayBeAfter("departed")
    departed_before = MayBeBefore("departed")
    arrived_after = MayBeAfter("arrived")
    arrived_before = MayBeBefore("arrived")


class BatchSlotFilters(RecordFilters):
    batch = Link(RepatriationBatch)
    number = Number()
    individual = Link(Individual)
    is_bound = IsFilled("individual")
    age_class = Term(AgeClass)
    sex = Term(Sex)
    presence = Term(Presence)
    is_live = Flag()


class BatchStepFilters(RecordFilters):
    batch = Link(RepatriationBatch)
    to_status = Term(BatchStatus)
    statement = Link(Statement)
    occurred_after = MayBeAfter("occurred")
    occurred_before = MayBeBefore("occurred")


class MediationFilters(RecordFilters):
    body = Link(Body)
    batch = Link(RepatriationBatch)
    negotiation = Link(Negotiation)
    role = Term(MediationRole)
    statement = Link(Statement)
