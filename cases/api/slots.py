"""Places in batches, and bodies' parts in batches and talks."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.actions import batches
from cases.api.base import KeepResource
from cases.api.fields import LinkField
from cases.api.records import RecordSerializer, Strict
from cases.filters.batches import BatchSlotFilters, MediationFilters
from cases.models import BatchSlot, Individual, Mediation


class Batches(KeepResource):
    """What is kept on batches."""

    reads, writes = Act.READ_EVIDENCE, Act.KEEP_BATCHES


class NewBatchSlotSerializer(RecordSerializer):
    class Meta:
        model = BatchSlot
        extra_kwargs: ClassVar[dict[str, Any]] = {"number": {"required": False}}


class BatchSlotSerializer(RecordSerializer):
    fixed = ("batch", "number")

    class Meta:
        model = BatchSlot
        read_only_fields = ("individual",)


class BindingSerializer(Strict):
    individual = LinkField(to=Individual)


class BatchSlotResource(Batches):
    """Places in batches, bound to a person or unnamed."""

    model = BatchSlot
    add, amend = staticmethod(batches.add_slot), staticmethod(batches.amend_slot)
    serializer_class = BatchSlotSerializer
    create_serializer_class = NewBatchSlotSerializer
    filterset_class = BatchSlotFilters

    @action(detail=True, methods=["post"], act=Act.KEEP_BATCHES, takes=BindingSerializer)
    def bind(self, request: Request, pk: str) -> Response:
        """Say who it is; no total changes."""
        return self.acted(request, pk, batches.bind)

    @action(detail=True, methods=["post"], act=Act.KEEP_BATCHES)
    def unbind(self, request: Request, pk: str) -> Response:
        """Say that nobody knows who it is after all; the place stays."""
        return self.acted(request, pk, batches.unbind)


class MediationSerializer(RecordSerializer):
    fixed = ("batch", "negotiation")
    computed: ClassVar[Classes] = {"body_name": OPERATIONAL}
    body_name = serializers.CharField(source="body.name", read_only=True)

    class Meta:
        model = Mediation


class MediationResource(Batches):
    """Bodies' parts in batches or in talks, on somebody's word."""

    model = Mediation
    add, amend = staticmethod(batches.credit), staticmethod(batches.amend_mediation)
    serializer_class = MediationSerializer
    filterset_class = MediationFilters

    @classmethod
    def nested(cls) -> list[Any]:
        return ["body"]
