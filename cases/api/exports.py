"""Files that tell who somebody is: asked for, decided by a second person, taken."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import attempts, exports
from cases.api.base import AddResource
from cases.api.fields import TextField
from cases.api.records import RecordSerializer, Strict
from cases.api.uploads import AsStored
from cases.exchange import sources
from cases.exchange.files import MEDIA_TYPES
from cases.exchange.handing_out import handed_out, opened
from cases.filters.exports import ExportRunFilters
from cases.models import ExportRun
from cases.models.exports import LONGEST_REASON


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class FiltersField(serializers.Field[Any, Any, Any, Any]):
    """The parameters of a list, each once."""

    default_error_messages = {"invalid": "Give the filters as an object of texts."}  # noqa: RUF012

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, Mapping) or not all(isinstance(one, str) for one in data.values()):
            self.fail("invalid")
        return urlencode(sorted(data.items()))

    def to_representation(self, value: str) -> dict[str, str]:
        return dict(parse_qsl(value))


class ExportRunSerializer(RecordSerializer):
    filters = FiltersField(
        required=False, help_text="What it is narrowed by, as parameters of the list."
    )

    class Meta:
        model = ExportRun

    def validate(self, attrs: Any) -> Any:
        """Open the list once as whoever asks: what is not there is refused now, not later."""
        attrs = super().validate(attrs)
        sources.table_of(attrs["collection"], dict(parse_qsl(attrs.get("filters", ""))))
        return attrs


class DecliningSerializer(Strict):
    reason = TextField(max_length=LONGEST_REASON, help_text="Why there is to be no file.")


class ExportResource(AddResource):
    """Lists as files, with what tells who somebody is; each needs a second person."""

    model = ExportRun
    reads, writes = Act.READ_CASES, Act.EXPORT_CASES
    add = staticmethod(exports.ask)
    serializer_class = ExportRunSerializer
    filterset_class = ExportRunFilters
    kept_as = tuple(dict.fromkeys(MEDIA_TYPES.values()))

    @action(detail=True, methods=["post"], act=Act.APPROVE_EXPORTS)
    def approve(self, request: Request, pk: str) -> Response:
        """Let the file be made, as a second person."""
        return self.acted(request, pk, exports.approve)

    @action(detail=True, methods=["post"], act=Act.APPROVE_EXPORTS, takes=DecliningSerializer)
    def decline(self, request: Request, pk: str) -> Response:
        """Refuse the file, as a second person."""
        return self.acted(request, pk, exports.decline)

    @action(detail=True, content_negotiation_class=AsStored, shows=OpenApiTypes.BINARY)
    def content(self, _request: Request, pk: str) -> HttpResponse | StreamingHttpResponse:
        """Take the file: whoever asked for it, within a day, three times at most."""
        return handed_out(attempts.repeated(partial(self._taken, pk)))

    def _taken(self, pk: str) -> ExportRun:
        return opened(exports.take(self.found(self.get_queryset(), pk), by=current_actor()))
