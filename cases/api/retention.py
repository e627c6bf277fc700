"""How long cases are kept, what stops the clock, and how a record ends."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import retention
from cases.api.base import AddResource, KeepResource
from cases.api.consents import LiftingSerializer
from cases.api.fields import TextField
from cases.api.figures import FigureView
from cases.api.records import RecordSerializer, Strict
from cases.filters.retention import AnonymisationFilters, LegalHoldFilters, RetentionPeriodFilters
from cases.models import Anonymisation, LegalHold, RetentionPeriod
from cases.queries.retention import due


class RetentionPeriodSerializer(RecordSerializer):
    fixed = ("purpose", "work_status")

    class Meta:
        model = RetentionPeriod


class RetentionPeriodResource(KeepResource):
    """The organisation's own periods, in place of the usual ones."""

    model = RetentionPeriod
    reads, writes = Act.READ_CASES, Act.KEEP_RETENTION
    add, amend = staticmethod(retention.set_period), staticmethod(retention.amend_period)
    serializer_class = RetentionPeriodSerializer
    filterset_class = RetentionPeriodFilters


class LegalHoldSerializer(RecordSerializer):
    class Meta:
        model = LegalHold


class LegalHoldResource(AddResource):
    """While one stands nothing of the person is anonymised."""

    model = LegalHold
    reads, writes = Act.READ_CASES, Act.KEEP_RETENTION
    add = staticmethod(retention.hold)
    serializer_class = LegalHoldSerializer
    filterset_class = LegalHoldFilters

    @action(detail=True, methods=["post"], act=Act.KEEP_RETENTION, takes=LiftingSerializer)
    def lift(self, request: Request, pk: str) -> Response:
        """End the hold before its day."""
        return self.acted(request, pk, retention.lift_hold)


class AnonymisationSerializer(RecordSerializer):
    class Meta:
        model = Anonymisation


class CarryOutSerializer(Strict):
    case_number = TextField(max_length=20, help_text="The number of the case, typed once more.")


class AnonymisationResource(AddResource):
    """Records proposed to be anonymised; a second person carries it out, and it is for good."""

    model = Anonymisation
    reads, writes = Act.READ_CASES, Act.KEEP_CASES
    add = staticmethod(retention.propose)
    serializer_class = AnonymisationSerializer
    filterset_class = AnonymisationFilters

    @action(
        detail=True, methods=["post"], url_path="carry-out",
        act=Act.KEEP_RETENTION, takes=CarryOutSerializer,
    )  # fmt: skip
    def carry_out(self, request: Request, pk: str) -> Response:
        """Anonymise the record for good. Nobody can take it back."""
        return self.acted(request, pk, retention.carry_out)

    @action(detail=True, methods=["post"], act=Act.KEEP_CASES)
    def drop(self, request: Request, pk: str) -> Response:
        """Leave the record as it is."""
        return self.acted(request, pk, retention.drop)


class DueSerializer(serializers.Serializer[Any]):
    """A case whose clocks have all run out."""

    id = serializers.UUIDField()
    case_number = serializers.CharField()
    work_status = serializers.CharField()
    last_activity = serializers.DateField()
    due_on = serializers.DateField()
    held_until = serializers.DateField(allow_null=True, help_text="A legal hold stands until then.")
    proposal_id = serializers.UUIDField(allow_null=True, help_text="Waits for a second person.")


class DueListSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    rows = DueSerializer(many=True)
    has_more = serializers.BooleanField(help_text="Some were left out; these come first.")


class RetentionView(FigureView):
    """Cases of the organisation that are due to be anonymised, the longest untouched first."""

    reads = Act.READ_CASES
    shows = DueListSerializer

    def get(self, _request: Request) -> Response:
        return Response(DueListSerializer(due()).data)
