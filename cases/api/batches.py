"""Batches: their routes, steps, mediators and headcounts."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, cast

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes
from cases.actions import batches
from cases.api.base import KeepResource, Resource
from cases.api.claims import ClaimantSerializer
from cases.api.counts import claimant, origin
from cases.api.fields import NestedField, NumberField
from cases.api.reconciliation import ReconciliationSerializer, reconciled
from cases.api.records import RecordSerializer, in_order
from cases.api.routes import RouteBrief, countries, legs
from cases.api.selection import WHOLE, Selection
from cases.filters.batches import BatchStepFilters, RepatriationBatchFilters
from cases.models import (
    BatchSlot,
    BatchStep,
    Mediation,
    RepatriationBatch,
    ReportedCount,
    Route,
)
from cases.queries.collisions import LIVE
from cases.rules.batches import GONE, MOST_SLOTS


class BatchStepSerializer(RecordSerializer):
    class Meta:
        model = BatchStep


class BatchStepResource(Resource):
    """Dated steps in the lives of batches; never edited."""

    model = BatchStep
    reads = Act.READ_EVIDENCE
    serializer_class = BatchStepSerializer
    filterset_class = BatchStepFilters


class TransitionSerializer(RecordSerializer):
    class Meta:
        model = BatchStep
        fields = ("to_status", "occurred_edtf", "occurred_as_stated", "statement", "remarks")


class MediationBrief(RecordSerializer):
    computed: ClassVar[Classes] = {"body_name": OPERATIONAL}
    body_name = serializers.CharField(source="body.name", read_only=True)

    class Meta:
        model = Mediation
        fields = ("id", "body", "role", "statement")


class HeadcountBrief(RecordSerializer):
    computed: ClassVar[Classes] = {"claimant": OPEN}
    claimant = serializers.SerializerMethodField()

    class Meta:
        model = ReportedCount
        fields = (
            "id",
            "stated_text",
            "stated_value",
            "qualifier",
            "low",
            "high",
            "is_estimate",
            "dimension",
            "label",
            "state",
            "statement",
        )

    @extend_schema_field(ClaimantSerializer)
    def get_claimant(self, count: ReportedCount) -> Any:
        return ClaimantSerializer(claimant(count)).data


class BatchListSerializer(RecordSerializer):
    """A batch with its route, mediators and headcounts."""

    computed: ClassVar[Classes] = {
        "countries": OPERATIONAL,
        "slots_count": OPEN,
        "bound_count": OPERATIONAL,
    }
    # Withheld with the rest of a movement that is not over.
    rests_on: ClassVar[Mapping[str, str]] = {"countries": "route", "bound_count": "route"}
    route = NestedField(to=Route, shown_by=RouteBrief, required=False, allow_null=True)
    countries = serializers.SerializerMethodField(
        help_text="ISO 3166-1 codes of the countries passed, in order."
    )
    mediations = MediationBrief(many=True, read_only=True)
    headcounts = HeadcountBrief(many=True, read_only=True)
    slots_count = serializers.IntegerField(read_only=True)
    bound_count = serializers.IntegerField(
        read_only=True, help_text="Slots bound to a person; the others are unnamed."
    )

    class Meta:
        model = RepatriationBatch

    def get_countries(self, batch: RepatriationBatch) -> list[str]:
        return countries(batch.route) if batch.route else []


class RepatriationBatchSerializer(BatchListSerializer):
    """The same, with its reconciliation."""

    computed: ClassVar[Classes] = {**BatchListSerializer.computed, "reconciliation": OPERATIONAL}
    reconciliation = serializers.SerializerMethodField()

    class Meta(BatchListSerializer.Meta):
        pass

    @extend_schema_field(ReconciliationSerializer)
    def get_reconciliation(self, batch: RepatriationBatch) -> dict[str, Any]:
        return reconciled(batch)


class NewBatchSerializer(RepatriationBatchSerializer):
    slots = NumberField(
        write_only=True,
        required=False,
        min_value=0,
        max_value=MOST_SLOTS,
        help_text="How many unnamed places the batch has.",
    )

    class Meta(BatchListSerializer.Meta):
        pass


class RepatriationBatchResource(KeepResource):
    """Returns of one or more people."""

    model = RepatriationBatch
    reads, writes = Act.READ_EVIDENCE, Act.KEEP_BATCHES
    add, amend = staticmethod(batches.announce), staticmethod(batches.amend)
    serializer_class = RepatriationBatchSerializer
    list_serializer_class = BatchListSerializer
    create_serializer_class = NewBatchSerializer
    filterset_class = RepatriationBatchFilters

    @classmethod
    def nested(cls) -> list[Any]:
        counts = ReportedCount.objects.filter(LIVE).order_by(
            "dimension", "label", "recorded_at", "pk"
        )
        return [
            Prefetch("route", Route.objects.prefetch_related(legs())),
            in_order("mediations", Mediation, "body"),
            Prefetch("headcounts", counts.prefetch_related(origin())),
        ]

    @classmethod
    def rows(cls, hidden: Collection[str] = (), selection: Selection = WHOLE) -> QuerySet[Any]:
        bound = BatchSlot.objects.filter(individual__isnull=False)
        rows = super().rows(hidden, selection)
        slots = _number(BatchSlot.objects.all())
        counted = rows.annotate(slots_count=slots, bound_count=_number(bound))
        return cast("QuerySet[Any]", counted)

    @action(
        detail=True,
        methods=["post"],
        act=Act.MOVE_BATCHES,
        takes=TransitionSerializer,
        answers=BatchStepResource,
    )
    def transitions(self, request: Request, pk: str) -> Response:
        """Move a batch on; answers with the step."""
        return self.acted(request, pk, batches.move, status=201)

    @action(detail=True, shows=ReconciliationSerializer)
    def reconciliation(self, _request: Request, pk: str) -> Response:
        """Hold what is claimed against slots and names, and say what is unnamed."""
        return Response(reconciled(self.found(self.model.objects.all(), pk)))


def _number(slots: QuerySet[BatchSlot]) -> Coalesce:
    """Count the slots of each batch whose people came along."""
    coming = slots.exclude(presence__in=GONE).filter(batch=OuterRef("pk"))
    number = coming.order_by().values("batch").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
