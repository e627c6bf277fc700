"""The trail."""

from typing import ClassVar

from cases.access.roles import Act
from cases.api.base import Resource
from cases.api.records import RecordSerializer
from cases.filters.audit import AuditEntryFilters
from cases.models import AuditEntry


class AuditEntrySerializer(RecordSerializer):
    class Meta:
        model = AuditEntry


class AuditEntryResource(Resource):
    """Who did what to what, chained; the values themselves are never in it."""

    model = AuditEntry
    moment: ClassVar[str] = "at"
    reads = Act.READ_TRAIL
    serializer_class = AuditEntrySerializer
    filterset_class = AuditEntryFilters
