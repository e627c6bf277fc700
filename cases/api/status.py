"""Dated steps of a case; append-only."""

from typing import ClassVar

from cases.access.roles import Act
from cases.actions import status
from cases.api.base import AddResource
from cases.api.records import RecordSerializer
from cases.filters.status import StatusEventFilters
from cases.models import StatusEvent

NOT_CHANGED = "A status event is not changed. Record a later one that corrects it."


class StatusEventSerializer(RecordSerializer):
    class Meta:
        model = StatusEvent


class StatusEventResource(AddResource):
    """Steps of people on the way home, and of the work on their cases."""

    model = StatusEvent
    reads, writes = Act.READ_CASES, Act.RECORD_STATUS
    add = staticmethod(status.record)
    serializer_class = StatusEventSerializer
    filterset_class = StatusEventFilters
    refused: ClassVar[dict[str, str]] = {"PATCH": NOT_CHANGED, "PUT": NOT_CHANGED}
