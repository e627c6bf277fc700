"""Pages by key, not by number: the thousandth costs what the first does."""

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


class KeysetPagination(BasePagination):
    """Newest change first; then by id."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, self.moment = request, view.moment if view else "updated_at"
        size, cursor = page_size(request), _cursor(request)
        self.count = _count(self._ordered(queryset)) if _wants_count(request) else None
        is_back = cursor is not None and cursor[0]
        rows = self._beyond(queryset, cursor)[: size + 1] if cursor else None
        found = list(self._ordered(queryset)[: size + 1] if rows is None else rows)
        has_more, page = len(found) > size, found[:size]
        if is_back:
            page.reverse()
        self.next = page[-1] if page and (has_more or is_back) else None
        self.previous = page[0] if page and (has_more if is_back else cursor is not None) else None
        return page

    def _ordered(self, rows: QuerySet[Any], *, is_back: bool = False) -> QuerySet[Any]:
        if is_back:
            return rows.order_by(self.moment, "-pk")
        return rows.order_by(f"-{self.moment}", "pk")

    def _beyond(self, rows: QuerySet[Any], cursor: tuple[bool, datetime, UUID]) -> QuerySet[Any]:
        """Keep what lies beyond the cursor.

        The first condition is there for the index: `a < x OR (a = x AND …)` alone reads the
        whole table.
        """
        is_back, moment, key = cursor
        near, far, side = ("gte", "gt", "pk__lt") if is_back else ("lte", "lt", "pk__gt")
        further = Q(**{f"{self.moment}__{far}": moment}) | Q(**{side: key})
        beyond = rows.filter(further, **{f"{self.moment}__{near}": moment})
        return self._ordered(beyond, is_back=is_back)

    def get_paginated_response(self, data: Any) -> Response:
        answer: dict[str, Any] = {
            "next": self._address(self.next, is_back=False),
            "previous": self._address(self.previous, is_back=True),
            "results": data,
        }
        if self.count is not None:
            answer["count"] = min(self.count, LARGEST_COUNT)
            answer["count_is_lower_bound"] = self.count > LARGEST_COUNT
        return Response(answer)

    def _address(self, row: Any, *, is_back: bool) -> str | None:
        if row is None:
            return None
        position = [is_back, getattr(row, self.moment).isoformat(), str(row.pk)]
        here = remove_query_param(self.request.build_absolute_uri(), "cursor")
        return str(replace_query_param(here, "cursor", signing.dumps(position, salt=_SALT)))

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


def _cursor(request: Request) -> tuple[bool, datetime, UUID] | None:
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        is_back, moment, key = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        message = "This cursor is not one of ours. Take it from `next` or `previous`."
        raise ValidationError({"cursor": ValidationError(message, code="cursor")}) from None
    return bool(is_back), datetime.fromisoformat(moment), UUID(key)


def _wants_count(request: Request) -> bool:
    wanted = request.query_params.get("include")
    if wanted not in {None, "count"}:
        message = "“include” may be: count."
        raise ValidationError({"include": ValidationError(message, code="include")})
    return wanted == "count"


def _count(rows: QuerySet[Any]) -> int:
    return rows[: LARGEST_COUNT + 1].count()
