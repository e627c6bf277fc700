"""How the API is described: OpenAPI 3, from the declarations that it runs on."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from cases.access.gate import System, acting_as
from cases.access.sensitivity import OPEN
from cases.api import bulk_schema
from cases.api.base import Resource
from cases.api.bulk import ADDING
from cases.api.errors import MEDIA_TYPE
from cases.api.fields import TermField
from cases.api.files import Files
from cases.api.formats import FORMAT
from cases.api.idempotency import HEADER as KEY_HEADER, REPLAYED_HEADER
from cases.api.preferences import APPLIED_HEADER as APPLIED, HEADER as PREFER
from cases.api.problem_schema import ProblemSerializer, problem
from cases.api.records import RecordSerializer
from cases.api.selection import EXPAND, FIELDS, expandable, listed_by
from cases.exchange.files import MEDIA_TYPES
from cases.models.base import Versioned
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.exports import FileFormat

JSON = "application/json"


_VERBS = {
    "list": "List",
    "retrieve": "Read one",
    "create": "Add one",
    "update": "Put one",
    "partial_update": "Change one",
    "bulk_add": "Add many",
    "bulk_change": "Change many",
}
_OF_MANY = {"list", "bulk_add", "bulk_change"}
_ALWAYS_THERE = {"id", "masked"}
_OF_ALL = (405, 406, 429, 503)
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
_FIELDS = (
    "Only these fields, with commas between: of the fields below. `id` and `masked` come along."
)
_EXPAND = "These links as the rows they lead to, as their lists show them, with commas between."
_HELD = "An ETag, or several: where the answer is one of these still, it is 304 without the row."
_NOT_CHANGED = "It is what `If-None-Match` names still."
_PREFER = "`return=minimal` leaves the row out: 204; `Location` then says where a new row is."
_APPLIED = "`return=minimal` where the row was left out."
_WITHOUT_ROW = "It is done; the row is left out, as was preferred."
_TAG = "The version of the row and, where it was read, a mark of the answer."
_LOCATION = "The address of the row."
_LIMITS = {
    "RateLimit-Limit": "How many requests a minute the token may ask.",
    "RateLimit-Remaining": "How many of them are left.",
}
_EXAMPLES = {
    "If-Match": '"3"',
    "If-None-Match": '"3-8f2c01d5a7b3e946"',
    "Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324",
    "Prefer": "return=minimal",
}
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
        return self.method == "POST" and resource is not None and resource.action not in ADDING

    @property
    def is_bulk(self) -> bool:
        return getattr(self.view, "action", "") in {"bulk_add", "bulk_change"}

    def get_summary(self) -> str | None:
        resource = self.resource
        if resource is None or resource.action not in _VERBS:
            return None
        names = resource.model._meta
        name = names.verbose_name_plural if resource.action in _OF_MANY else names.verbose_name
        return f"{_VERBS[resource.action]} {name}"

    def get_operation_id(self) -> str:
        if not self.is_bulk:
            return super().get_operation_id()
        view: Any = self.view
        return f"{view.basename.replace('-', '_')}_{view.action}"

    def _get_paginator(self) -> Any:
        if self.resource is None or self.resource.action != "list":
            return None
        return super()._get_paginator()  # type: ignore[no-untyped-call]

    def get_request_serializer(self) -> Any:
        if self.is_bulk:
            return self._rows_sent()
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
        if self.is_bulk:
            found = {(status, JSON): answer, (207, JSON): answer}
        if isinstance(self.view, Files) and self.view.has_files():
            found = {(status, JSON): answer}
            found |= {(status, kind): OpenApiTypes.BINARY for kind in MEDIA_TYPES.values()}
        if self._has_etag() and self.method == "GET":
            found[304] = OpenApiResponse(description=_NOT_CHANGED)
        if self._is_preferable() and not self.is_bulk:
            found[204] = OpenApiResponse(description=_WITHOUT_ROW)
        return found | {(code, MEDIA_TYPE): problem(code) for code in self._problems()}

    def _is_preferable(self) -> bool:
        resource = self.resource
        return self.method != "GET" and resource is not None and resource.shows is None

    def _rows_sent(self) -> Any:
        assert self.resource is not None  # noqa: S101 - only resources take many rows
        is_change = self.method == "PATCH"
        row: Any = self.resource.get_serializer_class()(partial=is_change)
        sent = self.resolve_serializer(row, "request").ref
        return {JSON: bulk_schema.changes_sent(sent) if is_change else bulk_schema.rows_sent(sent)}

    def _outcomes(self) -> Any:
        row, problem = (
            self.resolve_serializer(shown(), "response").ref
            for shown in (listed_by(self.resource), ProblemSerializer)
        )
        return bulk_schema.outcomes(row, problem)

    def _is_created(self) -> bool:
        if not self.is_act:
            return self.method == "POST"
        is_new_row = getattr(self.view, "answers", None) is not None
        return is_new_row or getattr(self.view, "action", "") == "supersede"

    def _answer(self) -> Any:
        shows = getattr(self.view, "shows", None)
        if shows is not None or self.resource is None:
            return shows
        if self.is_bulk:
            return self._outcomes()
        if self.resource.action == "list":
            return self.resource.list_serializer_class or self.resource.serializer_class
        return (self.resource.answers or self.resource).serializer_class

    def _problems(self) -> list[int]:
        is_read, needs_version = self.method == "GET", self.method in {"PUT", "PATCH"}
        is_row = "{" in self.path
        codes = [400, 401, 403, *_OF_ALL]
        has_formats = isinstance(self.view, Files) and self.view.has_files()
        codes += [404] if is_row or has_formats or self.resource is None else []
        codes += [] if is_read else list(_OF_WRITING)
        codes += list(_OF_KEYS) if self.method == "POST" or self.is_bulk else []
        if self.is_bulk:
            return [*codes, 404, 412] if needs_version else codes
        return codes + (list(_OF_VERSIONS) if needs_version or self.is_act else [])

    def get_override_parameters(self) -> list[Any]:
        found: list[Any] = list(getattr(self.view, "described", ()))
        if isinstance(self.view, Files) and self.view.has_files():
            named = ["json", *FileFormat.values]
            found.append(OpenApiParameter(FORMAT, str, enum=named, description=_FORMAT))
        if (self.method in {"PUT", "PATCH"} or self.is_act) and not self.is_bulk:
            found.append(_header("If-Match", _IF_MATCH, required=not self.is_act))
        if self.method == "POST" or self.is_bulk:
            found += [_header(KEY_HEADER, _KEY), _header(REPLAYED_HEADER, _REPLAYED, answered=True)]
        return found + self._of_answers()

    def _of_answers(self) -> list[OpenApiParameter]:
        """Give what says how a row is answered with, and what then stands in the headers."""
        found = [_header(name, text, answered=True) for name, text in _LIMITS.items()]
        if self._is_preferable():
            found += [_header(PREFER, _PREFER), _header(APPLIED, _APPLIED, answered=True)]
        if self._is_created() and self.resource is not None and not self.is_bulk:
            found.append(_header("Location", _LOCATION, answered=True))
        if self._has_etag():
            found.append(_header("ETag", _TAG, answered=True))
            if self.method == "GET":
                found.append(_header("If-None-Match", _HELD))
        if getattr(self.view, "action", "") in {"list", "retrieve"}:
            found += self._selecting()
        return found

    def _selecting(self) -> list[OpenApiParameter]:
        resource: Any = self.resource
        shown = resource.get_serializer_class()()
        found = [OpenApiParameter(FIELDS, str, description=_FIELDS)]
        if links := expandable(shown):
            listed = ", ".join(f"`{name}`" for name in sorted(links))
            found.append(OpenApiParameter(EXPAND, str, description=f"{_EXPAND} {listed}."))
        return found

    def _has_etag(self) -> bool:
        resource = self.resource
        if resource is None or resource.action == "list" or resource.shows is not None:
            return False
        return issubclass(resource.model, Versioned) and not self.is_bulk

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        for name, shape in schema.get("properties", {}).items():
            if _may_be_empty(serializer, name):
                schema["properties"][name] = {"oneOf": [shape, {"type": "string", "enum": [""]}]}
        if direction == "response" and isinstance(serializer, RecordSerializer):
            schema["required"] = [name for name in schema["required"] if name in _ALWAYS_THERE]
            for name, resource in expandable(serializer).items():
                to = self.resolve_serializer(listed_by(resource), "response").ref
                shape = schema["properties"][name]
                schema["properties"][name] = _or_expanded(shape, to)
            classes = {**serializer.model.SENSITIVITY, **serializer.computed}
            for name, shape in schema.get("properties", {}).items():
                if classes.get(name, OPEN) > OPEN:
                    schema["properties"][name] = _nullable(shape)
        return schema


def _header(
    name: str,
    description: str,
    *,
    required: bool = False,
    answered: bool = False,
) -> OpenApiParameter:
    shown = _EXAMPLES.get("" if answered else name)
    return OpenApiParameter(
        name,
        str,
        OpenApiParameter.HEADER,
        required=required,
        response=[200, 201, 204, 207] if answered else False,
        examples=[OpenApiExample("As it is sent", shown)] if shown else [],
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


def _or_expanded(shape: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Allow the row that a link leads to, for `expand`; one that is not seen is null."""
    about = ("readOnly", "description", "title", "nullable")
    said = {name: shape[name] for name in about if name in shape} | {"nullable": True}
    plain = {name: value for name, value in shape.items() if name not in about}
    return {**said, "anyOf": [*plain.get("allOf", [plain]), row]}


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
