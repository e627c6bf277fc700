"""Talks and positions."""

from factory.declarations import Sequence, SubFactory

from cases.models import Negotiation, Position
from cases.vocabulary.negotiations import NegotiationKind, NegotiationStatus, Stance
from tests.factories.base import RecordFactory
from tests.factories.bodies import BodyFactory
from tests.factories.reports import StatementFactory


class NegotiationFactory(RecordFactory):
    class Meta:
        model = Negotiation

    kind = NegotiationKind.CORRIDOR
    title = Sequence(lambda n: f"Talks {n}")
    status = NegotiationStatus.PROPOSED


class PositionFactory(RecordFactory):
    class Meta:
        model = Position

    negotiation = SubFactory(NegotiationFactory)
    body = SubFactory(BodyFactory)
    stance = Stance.PROPOSES
    statement = SubFactory(StatementFactory)
