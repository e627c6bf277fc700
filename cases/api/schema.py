"""How the API is described: OpenAPI 3, from the declarations that it runs on."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from cases.access.gate import System, acting_as
from cases.access.sensitivity import OPEN
from cases.api.base import Resource
from cases.api.errors import MEDIA_TYPE
from cases.api.fields import TermField
from cases.api.files import Files
from cases.api.formats import FORMAT
from cases.api.idempotency import HEADER as KEY_HEADER, REPLAYED_HEADER
from cases.api.records import RecordSerializer
from cases.exchange.files import MEDIA_TYPES
from cases.models.base import Versioned
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.exports import FileFormat

JSON = "application/json"


class FaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Where; empty for the whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(many=True)  # type: ignore[assignment]


_PROBLEMS = {
    400: "What was sent cannot be read, or a rule refuses it.",
    401: "No token, or one that is no longer good.",
    403: "Your role may not do this, or another organisation keeps the row.",
    404: "There is no such row, or none that you may see.",
    409: "The row was changed meanwhile, or clashes with another.",
    412: "The row was changed since you read it: If-Match is stale.",
    413: "The body or the file is too large.",
    415: "The body is not JSON, or the file is of a kind that is not taken.",
    422: "The Idempotency-Key came before with another address or body.",
    428: "If-Match is missing.",
}
_VERBS = {
    "list": "List",
    "retrieve": "Read one",
    "create": "Add one",
    "update": "Put one",
    "partial_update": "Change one",
}
_OF_WRITING = (409, 413, 415)
_OF_VERSIONS = (412, 428)
_OF_KEYS = (422,)
_IF_MATCH = 'The ETag of the row as you read it, such as "3".'
_KEY = (
    "A key of your own for this write, such as a UUID. Sent again within 30 days with the same "
    "address and body it writes nothing more, and answers with the same row as it is then."
)
_FORMAT = (
    "A file instead of JSON: all rows that pass the filters, up to operational fields. "
    "`X-Fields-Left-Out` names what it lacks."
)
_REPLAYED = "`true` where the Idempotency-Key came before: nothing more was written."


class TrackerSchema(AutoSchema):
    """Describes a resource from its model, filters and acts, as if to the system itself."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        with acting_as(System("describing the API")):
            return super().get_operation(*args, **kwargs)

    @property
    def resource(self) -> Resource | None:
        return self.view if isinstance(self.view, Resource) else None

    @property
    def is_act(self) -> bool:
        resource = self.resource
        return self.method == "POST" and resource is not None and resource.action != "create"

    def get_summary(self) -> str | None:
        resource = self.resource
        if resource is None or resource.action not in _VERBS:
            return None
        names = resource.model._meta
        name = names.verbose_name_plural if resource.action == "list" else names.verbose_name
        return f"{_VERBS[resource.action]} {name}"

    def get_request_serializer(self) -> Any:
        if self.is_act and self.resource is not None:
            takes = self.resource.takes
            return None if not takes().fields else takes
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        answer: Any = self._answer()
        status: Any = 201 if self._is_created() else 200
        found: dict[Any, Any] = {status: answer}
        if answer is OpenApiTypes.BINARY:
            kinds = getattr(self.view, "kept_as", MediaType.values)
            found = {(status, kind): answer for kind in kinds}
        if isinstance(self.view, Files) and self.view.has_files():
            found = {(status, JSON): answer}
            found |= {(status, kind): OpenApiTypes.BINARY for kind in MEDIA_TYPES.values()}
        return found | {(code, MEDIA_TYPE): _problem(code) for code in self._problems()}

    def _is_created(self) -> bool:
        if not self.is_act:
            return self.method == "POST"
        is_new_row = getattr(self.view, "answers", None) is not None
        return is_new_row or getattr(self.view, "action", "") == "supersede"

    def _answer(self) -> Any:
        shows = getattr(self.view, "shows", None)
        if shows is not None or self.resource is None:
            return shows
        if self.resource.action == "list":
            return self.resource.list_serializer_class or self.resource.serializer_class
        return (self.resource.answers or self.resource).serializer_class

    def _problems(self) -> list[int]:
        is_read, needs_version = self.method == "GET", self.method in {"PUT", "PATCH"}
        is_row = "{" in self.path
        codes = [400, 401, 403]
        codes += [404] if is_row or self.resource is None else []
        codes += [] if is_read else list(_OF_WRITING)
        codes += list(_OF_KEYS) if self.method == "POST" else []
        return codes + (list(_OF_VERSIONS) if needs_version or self.is_act else [])

    def get_override_parameters(self) -> list[Any]:
        found: list[Any] = list(getattr(self.view, "described", ()))
        if isinstance(self.view, Files) and self.view.has_files():
            named = ["json", *FileFormat.values]
            found.append(OpenApiParameter(FORMAT, str, enum=named, description=_FORMAT))
        if self.method in {"PUT", "PATCH"} or self.is_act:
            found.append(_header("If-Match", _IF_MATCH, required=not self.is_act))
        if self.method == "POST":
            found += [_header(KEY_HEADER, _KEY), _header(REPLAYED_HEADER, _REPLAYED, answered=True)]
        if self._has_etag():
            found.append(_header("ETag", "The version of the row.", answered=True))
        return found

    def _has_etag(self) -> bool:
        resource = self.resource
        if resource is None or resource.action == "list" or resource.shows is not None:
            return False
        return issubclass(resource.model, Versioned)

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        for name, shape in schema.get("properties", {}).items():
            if _may_be_empty(serializer, name):
                schema["properties"][name] = {"oneOf": [shape, {"type": "string", "enum": [""]}]}
        if direction == "response" and isinstance(serializer, RecordSerializer):
            classes = {**serializer.model.SENSITIVITY, **serializer.computed}
            for name, shape in schema.get("properties", {}).items():
                if classes.get(name, OPEN) > OPEN:
                    schema["properties"][name] = _nullable(shape)
        return schema


def _header(
    name: str, description: str, *, required: bool = False, answered: bool = False
) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        str,
        OpenApiParameter.HEADER,
        required=required,
        response=[200, 201] if answered else False,
        description=description,
    )


def _may_be_empty(serializer: Any, name: str) -> bool:
    """Say whether a term may be left out: it is then the empty text, which no vocabulary lists."""
    field = serializer.fields.get(name)
    if not isinstance(field, TermField) or not isinstance(serializer, RecordSerializer):
        return False
    column: Any = serializer.model._meta.get_field(str(field.source))
    return bool(column.blank)


def _nullable(shape: dict[str, Any]) -> dict[str, Any]:
    """Allow null: a masked field is null whatever it is otherwise."""
    if "$ref" in shape:
        return {"allOf": [shape], "nullable": True}
    return {**shape, "nullable": True}


def _problem(code: int) -> Any:
    return OpenApiResponse(ProblemSerializer, _PROBLEMS[code])


class LinkFieldShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Links are ids; an unseen one is null."""

    target_class = "cases.api.fields.LinkField"

    def map_serializer_field(self, _auto_schema: Any, _direction: str) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


class NestedFieldShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Nested rows are objects when read, ids when written."""

    target_class = "cases.api.fields.NestedField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> Any:
        if direction == "request":
            return {"type": "string", "format": "uuid"}
        return auto_schema.resolve_serializer(self.target.shown_by, direction).ref


class TermFieldShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A vocabulary is a component of its own, with its definitions."""

    target_class = "cases.api.fields.TermField"

    def get_name(self) -> str:
        return str(self.target.terms.__name__)

    def map_serializer_field(self, _auto_schema: Any, _direction: str) -> dict[str, Any]:
        terms = self.target.terms
        listed = "\n".join(f"* `{term.value}`: {term.definition}" for term in terms)
        return {"type": "string", "enum": terms.values, "description": listed}
