"""Cases merged, and merges undone."""

from typing import Any, ClassVar

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import merges
from cases.api.base import Resource
from cases.api.fields import LinkField, NumberField, TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.merges import MergeFilters
from cases.models import Individual, Merge
from cases.models.duplicates import LONGEST_REASON

_NOT_HERE = "Merge a case under individuals/{id}/merge/, and undo it under merges/{id}/undo/."


class MergeSerializer(RecordSerializer):
    class Meta:
        model = Merge


class MergingSerializer(Strict):
    duplicate = LinkField(to=Individual, help_text="The case that becomes a duplicate.")
    duplicate_version = NumberField(
        required=False, min_value=1, help_text="The duplicate's version as you read it."
    )
    reason = TextField(
        max_length=LONGEST_REASON, help_text="What says that the two are one person."
    )


class UndoingSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON, help_text="Why it is taken back.")


class MergeResource(Resource):
    """Merges of two cases of one person, standing and undone."""

    model = Merge
    reads = Act.READ_CASES
    serializer_class = MergeSerializer
    filterset_class = MergeFilters
    refused: ClassVar[dict[str, Any]] = dict.fromkeys(("POST", "PATCH", "PUT"), _NOT_HERE)

    @action(detail=True, methods=["post"], act=Act.MERGE_CASES, takes=UndoingSerializer)
    def undo(self, request: Request, pk: str) -> Response:
        """Put back exactly what was moved; what was recorded since stays with the kept case."""
        return self.acted(request, pk, merges.undo)
