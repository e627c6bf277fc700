"""Pages by key, not by number: the thousandth costs what the first does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

DEFAULT_SIZE = 50
LARGEST_SIZE = 200
LARGEST_COUNT = 10_000
PARAMETERS = ("cursor", "page_size", "include")
_SALT = "cases.api.cursor"
_DIGITS = 3


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: beyond this row, forwards or back."""

    is_back: bool
    moment: datetime
    key: UUID


class KeysetPagination(BasePagination):
    """Newest change first; then by id."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.moment = view.moment if view else "updated_at"
        size, cursor = page_size(request), cursor_of(request)
        self.count = counted(queryset) if wants_count(request) else None
        is_back = cursor is not None and cursor.is_back
        rows = queryset if cursor is None else beyond(queryset, cursor, self.moment)
        found = list(ordered(rows, self.moment, is_back=is_back)[: size + 1])
        self.links = Links(request, cursor, has_more=len(found) > size)
        return found[:size][:: -1 if is_back else 1]

    def get_paginated_response(self, data: Any) -> Response:
        ends = [(row[self.moment], row["id"]) for row in (*data[:1], *data[-1:])]
        return Response(self.links.around(ends) | {"results": data} | told_count(self.count))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": address,
                "previous": address,
                "results": schema,
                "count": {"type": "integer", "description": "Only with include=count."},
                "count_is_lower_bound": {"type": "boolean"},
            },
        }

    def get_schema_operation_parameters(self, _view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        described: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("cursor", "Where the page begins; take it from `next` or `previous`.", {}),
            ("page_size", "How many rows a page has.", size),
            ("include", f"`count` adds the number of rows, exact to {LARGEST_COUNT:,}.", {}),
        )
        return [
            {"name": name, "in": "query", "description": text, "schema": {"type": "string"} | form}
            for name, text, form in described
        ]


def page_size(request: Request) -> int:
    """Give the size that the caller wants.

    :raises ValidationError: outside 1 to 200.
    """
    text = request.query_params.get("page_size", str(DEFAULT_SIZE))
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        size = int(text)
        if 1 <= size <= LARGEST_SIZE:
            return size
    message = f"A page has from 1 to {LARGEST_SIZE} rows."
    raise ValidationError({"page_size": ValidationError(message, code="page_size")})


def cursor_of(request: Request) -> Cursor | None:
    """Give where the page begins; None for the first.

    :raises ValidationError: for a cursor that is not one of ours.
    """
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        is_back, moment, key = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        message = "This cursor is not one of ours. Take it from `next` or `previous`."
        raise ValidationError({"cursor": ValidationError(message, code="cursor")}) from None
    return Cursor(bool(is_back), datetime.fromisoformat(moment), UUID(key))


def ordered(rows: QuerySet[Any], moment: str, *, is_back: bool) -> QuerySet[Any]:
    """Put rows in the order of lists, or in its reverse."""
    return rows.order_by(moment, "-pk") if is_back else rows.order_by(f"-{moment}", "pk")


def beyond(rows: QuerySet[Any], cursor: Cursor, moment: str) -> QuerySet[Any]:
    """Keep what lies beyond the cursor.

    The first condition is there for the index: `a < x OR (a = x AND …)` alone reads the whole
    table.
    """
    near, far, side = ("gte", "gt", "pk__lt") if cursor.is_back else ("lte", "lt", "pk__gt")
    further = Q(**{f"{moment}__{far}": cursor.moment}) | Q(**{side: cursor.key})
    return rows.filter(further, **{f"{moment}__{near}": cursor.moment})


@dataclass(frozen=True)
class Links:
    """The addresses of the pages around one."""

    request: Request
    cursor: Cursor | None
    has_more: bool

    def around(self, ends: Sequence[tuple[str, str]]) -> dict[str, str | None]:
        """Give them; ``ends`` are moment and id of the first and the last row, as shown."""
        is_back = self.cursor is not None and self.cursor.is_back
        has_next, has_previous = self.has_more or is_back, self.cursor is not None
        if is_back:
            has_previous = self.has_more
        return {
            "next": self._address(ends[-1], is_back=False) if ends and has_next else None,
            "previous": self._address(ends[0], is_back=True) if ends and has_previous else None,
        }

    def _address(self, end: tuple[str, str], *, is_back: bool) -> str:
        here = remove_query_param(self.request.build_absolute_uri(), "cursor")
        cursor = signing.dumps([is_back, *end], salt=_SALT)
        return str(replace_query_param(here, "cursor", cursor))


def wants_count(request: Request) -> bool:
    """Say whether the number of rows is asked for.

    :raises ValidationError: for anything else that is to be included.
    """
    wanted = request.query_params.get("include")
    if wanted not in {None, "count"}:
        message = "“include” may be: count."
        raise ValidationError({"include": ValidationError(message, code="include")})
    return wanted == "count"


def counted(rows: QuerySet[Any]) -> int:
    """Count rows as far as is told."""
    return rows.order_by()[: LARGEST_COUNT + 1].count()


def told_count(count: int | None) -> dict[str, Any]:
    """Give what a page says of the number of rows, if it was asked for."""
    if count is None:
        return {}
    return {"count": min(count, LARGEST_COUNT), "count_is_lower_bound": count > LARGEST_COUNT}
