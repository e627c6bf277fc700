"""Help needed, promised or given."""

from cases.access.roles import Act
from cases.actions import assistance
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer
from cases.filters.assistance import AssistanceFilters
from cases.models import Assistance


class AssistanceSerializer(RecordSerializer):
    fixed = ("individual", "population")

    class Meta:
        model = Assistance


class AssistanceResource(KeepResource):
    """Help for people, or for a population that speaks of it together."""

    model = Assistance
    reads, writes = Act.READ_CASES, Act.KEEP_ASSISTANCE
    add, amend = staticmethod(assistance.record), staticmethod(assistance.amend)
    serializer_class = AssistanceSerializer
    filterset_class = AssistanceFilters
