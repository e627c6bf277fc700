"""The feed of changes: all that the caller may see, in order, from the start or since."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.collections import NAMES
from cases.access.roles import Act
from cases.api.figures import FigureView
from cases.api.pagination import DEFAULT_SIZE, LARGEST_SIZE, page_size
from cases.api.positions import read, written
from cases.queries import changes
from cases.queries.changes import BeginAnew, Page
from cases.vocabulary.changes import ChangeKind

_ANEW = (
    "This position does not hold any more. Begin anew without `after`, and let go of what does not "
    "come out again."
)


class ChangeSerializer(serializers.Serializer[Any]):
    sequence = serializers.CharField(help_text="Its position: what comes after it is later.")
    collection = serializers.CharField(help_text="Where to read the row: `<collection>/<id>/`.")
    id = serializers.UUIDField()
    version = serializers.IntegerField(
        allow_null=True, help_text="As the row stands now; null where it is gone."
    )
    change = serializers.ChoiceField(
        choices=[kind.value for kind in (ChangeKind.CHANGED, ChangeKind.GONE)],
        help_text="`changed`: read it. `gone`: you see it no more; let go of it.",
    )
    recorded_at = serializers.DateTimeField()


class ChangesSerializer(serializers.Serializer[Any]):
    results = ChangeSerializer(many=True)
    next = serializers.CharField(help_text="Send it as `after`, now or in a week.")
    has_more = serializers.BooleanField(help_text="Whether to ask again at once.")


class ChangesView(FigureView):
    """Every change that you may see, in order; without `after` all that is there, then the rest."""

    reads = Act.READ_EVIDENCE
    shows = ChangesSerializer
    parameters = ("after", "page_size")
    described = (
        OpenApiParameter("after", str, description="A position; take it from `next`."),
        OpenApiParameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
            description="How many entries a page has at most.",
        ),
    )

    def get(self, request: Request) -> Response:
        after = self.given("after", read)
        try:
            page = changes.page(after, page_size(request))
        except BeginAnew:
            raise ValidationError({"after": ValidationError(_ANEW, code="begin_anew")}) from None
        return Response(_shown(page))


def _shown(page: Page) -> dict[str, Any]:
    results = [
        {
            "sequence": written(entry.position),
            "collection": NAMES[entry.model],
            "id": entry.key,
            "version": entry.version,
            "change": entry.kind.value,
            "recorded_at": entry.recorded_at,
        }
        for entry in page.entries
    ]
    return {
        "results": ChangeSerializer(results, many=True).data,
        "next": written(page.next),
        "has_more": page.has_more,
    }
