"""Answers that the database has written, as bytes."""

from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from cases.access.gate import Actor, current_actor
from cases.api.addresses import settled
from cases.api.pagination import (
    Links,
    counted,
    cursor_of,
    page_size,
    told_count,
    wants_count,
)
from cases.api.preconditions import etag
from cases.api.written import Wanted, is_written, read
from cases.filters import values

_JSON = "application/json"


def can_answer(resource: Any) -> bool:
    """Say whether the database writes the rows of a collection for whoever acts."""
    return isinstance(current_actor(), Actor) and is_written(resource)


def page(view: Any, request: Request) -> HttpResponse:
    """List rows."""
    resource, size, cursor = type(view), page_size(request), cursor_of(request)
    asked = resource.filterset_class.asked(resource.model, request.query_params)
    count = counted(view.filter_queryset(view.get_queryset())) if wants_count(request) else None
    found = read(Wanted(resource, _actor(), tuple(asked.items()), cursor, size))
    rows = found[:size]
    if cursor is not None and cursor.is_back:
        rows.reverse()
    ends = [_end(row, view.moment) for row in (*rows[:1], *rows[-1:])]
    around = Links(request, cursor, has_more=len(found) > size).around(ends)
    head = orjson.dumps(around).decode()[:-1]
    tail = orjson.dumps(told_count(count)).decode()[1:]
    listed = settled(",".join(rows), request)
    return _answer(f'{head},"results":[{listed}]{"," if count is not None else ""}{tail}')


def row(view: Any, request: Request, key: str) -> HttpResponse:
    """Show one row; an unseen one, a random id and no id at all are the same."""
    try:
        found = read(Wanted(type(view), _actor(), key=values.key(key)))
    except ValidationError:
        raise Http404 from None
    if not found:
        raise Http404
    answer = _answer(settled(found[0], request))
    version = orjson.loads(found[0]).get("version")
    if version is not None:
        answer["ETag"] = etag(version)
    return answer


def _actor() -> Actor:
    actor = current_actor()
    assert isinstance(actor, Actor)  # noqa: S101 - can_answer() was asked
    return actor


def _end(row: str, moment: str) -> tuple[str, str]:
    shown = orjson.loads(row)
    return shown[moment], shown["id"]


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=_JSON)
