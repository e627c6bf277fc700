"""Populations, claimed figures, and how figures relate."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.access.sensitivity import OPEN, Classes
from cases.actions import counts
from cases.api.base import AddResource, KeepResource, Resource
from cases.api.claims import ClaimantSerializer
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict, in_order
from cases.api.reports import speakers
from cases.filters.counts import CountLinkFilters, PopulationFilters, ReportedCountFilters
from cases.models import (
    Citation,
    CountLink,
    OutstandingCount,
    Population,
    ReportedCount,
    Statement,
)
from cases.queries.claims import Claimant, claimant_of, report_ref

NOT_CHANGED = "A figure is not changed. Supersede it, or retract it with a reason."
LONGEST_REASON = 500


class PopulationSerializer(RecordSerializer):
    class Meta:
        model = Population


class PopulationResource(KeepResource):
    """Defined groups that a number can be about."""

    model = Population
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_COUNTS
    add, amend = staticmethod(counts.define_population), staticmethod(counts.amend_population)
    serializer_class = PopulationSerializer
    filterset_class = PopulationFilters


class ReportedCountSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {"claimant": OPEN}
    claimant = serializers.SerializerMethodField()

    class Meta:
        model = ReportedCount
        read_only_fields = ("state", "supersedes")

    @extend_schema_field(ClaimantSerializer)
    def get_claimant(self, count: ReportedCount) -> Any:
        return ClaimantSerializer(claimant(count)).data


class SupersedingSerializer(ReportedCountSerializer):
    """A better reading of the source; what is left out is taken over."""

    class Meta(ReportedCountSerializer.Meta):
        pass

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class RetractionSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON)


def claimant(count: ReportedCount) -> Claimant:
    """Say whose claim it is, from rows that :func:`origin` has read ahead."""
    cited = [report_ref(citation.report) for citation in count.statement.citations.all()]
    return claimant_of(count.statement, cited)


def origin() -> "Prefetch[Any]":
    """Read ahead who said a figure, and where."""
    citations = in_order("citations", Citation, "report__publisher")
    return Prefetch("statement", Statement.objects.prefetch_related(speakers(), citations))


class ReportedCountResource(AddResource):
    """Attributed figures: numbers that somebody said, never truths."""

    model = ReportedCount
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_COUNTS
    add = staticmethod(counts.report)
    serializer_class = ReportedCountSerializer
    filterset_class = ReportedCountFilters
    refused: ClassVar[dict[str, str]] = {"PATCH": NOT_CHANGED, "PUT": NOT_CHANGED}

    @classmethod
    def nested(cls) -> list[Any]:
        return [origin()]

    @action(detail=True, methods=["post"], act=Act.RECORD_COUNTS, takes=RetractionSerializer)
    def retract(self, request: Request, pk: str) -> Response:
        """Withdraw a figure; it stays readable, and counts no longer."""
        return self.acted(request, pk, counts.retract)

    @action(detail=True, methods=["post"], act=Act.RECORD_COUNTS, takes=SupersedingSerializer)
    def supersede(self, request: Request, pk: str) -> Response:
        """Replace a figure by a better reading of its source; answers with the new one."""
        return self.acted(request, pk, counts.supersede, status=201)

    @action(detail=True, methods=["post"], act=Act.REVIEW_COUNTS)
    def verify(self, request: Request, pk: str) -> Response:
        """Confirm, as a second reader, that the source says so."""
        return self.acted(request, pk, counts.verify)


class OutstandingCountSerializer(ReportedCountSerializer):
    class Meta(ReportedCountSerializer.Meta):
        model = OutstandingCount


class OutstandingCountResource(Resource):
    """Claimed stocks of people still outstanding, a part of the reported counts."""

    model = OutstandingCount
    reads = Act.READ_EVIDENCE
    serializer_class = OutstandingCountSerializer
    filterset_class = ReportedCountFilters
    refused: ClassVar[dict[str, str]] = {
        "POST": "Record the figure under reported-counts; stocks then show here.",
        "PATCH": NOT_CHANGED,
        "PUT": NOT_CHANGED,
    }

    @classmethod
    def nested(cls) -> list[Any]:
        return [origin()]


class CountLinkSerializer(RecordSerializer):
    fixed = ("from_count", "to_count")

    class Meta:
        model = CountLink


class CountLinkResource(KeepResource):
    """Two figures and how they relate."""

    model = CountLink
    reads, writes = Act.READ_EVIDENCE, Act.RECORD_COUNTS
    add, amend = staticmethod(counts.link), staticmethod(counts.amend_link)
    serializer_class = CountLinkSerializer
    filterset_class = CountLinkFilters
