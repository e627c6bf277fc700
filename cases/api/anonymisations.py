"""Records that are anonymised for good."""

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import retention
from cases.api.base import AddResource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.retention import AnonymisationFilters
from cases.models import Anonymisation


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
