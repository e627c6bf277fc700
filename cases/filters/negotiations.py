"""Talks and positions."""

from cases.filters.base import Link, Term, Words
from cases.filters.dates import MayBeAfter, MayBeBefore
from cases.filters.records import RecordFilters
from cases.models import Body, Negotiation, Place, Population, Statement
from cases.vocabulary.negotiations import NegotiationKind, NegotiationStatus, Stance


class NegotiationFilters(RecordFilters):
    q = Words(Negotiation, "title")
    kind = Term(NegotiationKind)
    status = Term(NegotiationStatus)
    population = Link(Population)
    place = Link(Place)


class PositionFilters(RecordFilters):
    negotiation = Link(Negotiation)
    body = Link(Body)
    stance = Term(Stance)
    statement = Link(Statement)
    held_after = MayBeAfter("held")
    held_before = MayBeBefore("held")
