"""Contradictions under review, and their sides."""

from typing import Any

from rest_framework import serializers

from cases.access.roles import Act
from cases.actions import discrepancies
from cases.api.base import KeepResource
from cases.api.fields import LinkField, TextField
from cases.api.records import RecordSerializer, Strict, in_order, only_links
from cases.filters.discrepancies import DiscrepancyFilters, DiscrepancyMemberFilters
from cases.models import Discrepancy, DiscrepancyMember, ReportedCount, Statement
from cases.models.base import SHORT

MOST_SIDES = 20


class DiscrepancyMemberBrief(RecordSerializer):
    class Meta:
        model = DiscrepancyMember
        fields = ("id", "statement", "count", "version_text")


class NewMemberSerializer(Strict):
    statement = LinkField(to=Statement)
    count = LinkField(to=ReportedCount, required=False, allow_null=True)
    version_text = TextField(max_length=SHORT)


class DiscrepancySerializer(RecordSerializer):
    members = DiscrepancyMemberBrief(many=True, read_only=True)

    class Meta:
        model = Discrepancy


class NewDiscrepancySerializer(DiscrepancySerializer):
    members: Any = serializers.ListSerializer(child=NewMemberSerializer(), max_length=MOST_SIDES)


class DiscrepancyResource(KeepResource):
    """Contradictions; both sides are kept whatever comes of them."""

    model = Discrepancy
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_COUNTS
    add = staticmethod(discrepancies.open_discrepancy)
    amend = staticmethod(discrepancies.amend)
    serializer_class = DiscrepancySerializer
    create_serializer_class = NewDiscrepancySerializer
    filterset_class = DiscrepancyFilters

    @classmethod
    def nested(cls) -> list[Any]:
        links = only_links(DiscrepancyMember, "count")
        return [in_order("members", DiscrepancyMember, *links)]


class DiscrepancyMemberSerializer(RecordSerializer):
    fixed = ("discrepancy",)
    is_published = serializers.BooleanField(read_only=True, help_text="As its discrepancy is.")

    class Meta:
        model = DiscrepancyMember


class DiscrepancyMemberResource(KeepResource):
    """Sides of contradictions."""

    model = DiscrepancyMember
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_COUNTS
    add, amend = staticmethod(discrepancies.add_side), staticmethod(discrepancies.amend_side)
    serializer_class = DiscrepancyMemberSerializer
    filterset_class = DiscrepancyMemberFilters
