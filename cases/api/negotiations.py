"""Talks, and each party's dated stance."""

from typing import Any

from rest_framework import serializers

from cases.access.roles import Act
from cases.actions import negotiations
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer, in_order
from cases.filters.negotiations import NegotiationFilters, PositionFilters
from cases.models import Negotiation, Position


class PositionBrief(RecordSerializer):
    body_name = serializers.CharField(source="body.name", read_only=True)

    class Meta:
        model = Position
        fields = ("id", "body", "stance", "statement", "held_edtf", "remarks")


class NegotiationSerializer(RecordSerializer):
    positions = PositionBrief(many=True, read_only=True)

    class Meta:
        model = Negotiation


class NegotiationResource(KeepResource):
    """Talks about a corridor, a release or an exchange, as reported."""

    model = Negotiation
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_NEGOTIATIONS
    add, amend = staticmethod(negotiations.add), staticmethod(negotiations.amend)
    serializer_class = NegotiationSerializer
    filterset_class = NegotiationFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return [in_order("positions", Position, "body")]


class PositionSerializer(RecordSerializer):
    fixed = ("negotiation",)

    class Meta:
        model = Position


class PositionResource(KeepResource):
    """Where a party stood, by its own statement."""

    model = Position
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_NEGOTIATIONS
    add = staticmethod(negotiations.take_position)
    amend = staticmethod(negotiations.amend_position)
    serializer_class = PositionSerializer
    filterset_class = PositionFilters
