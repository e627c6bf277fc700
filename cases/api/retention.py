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
from cases.api.figures import FigureView
from cases.api.records import RecordSerializer
from cases.filters.retention import LegalHoldFilters, RetentionPeriodFilters
from cases.models import LegalHold, RetentionPeriod
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
