"""Answers that the database has written, as bytes."""

from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseNotModified
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
from cases.api.preconditions import etag, is_held
from cases.api.selection import WHOLE, Selection
from cases.api.written import Wanted, is_written, read
from cases.filters import values

_JSON = "application/json"


def can_answer(resource: Any, selection: Selection = WHOLE) -> bool:
    """Say whether the database writes the rows of a collection for whoever acts."""
    return isinstance(current_actor(), Actor) and is_written(resource, selection)


def page(view: Any, request: Request) -> HttpResponse:
    """List rows."""
    resource, size, cursor = type(view), page_size(request), cursor_of(request)
    selection: Selection = view.selection
    asked = resource.filterset_class.asked(resource.model, request.query_params)
    count = counted(view.filter_queryset(view.get_queryset())) if wants_count(request) else None
    wanted = Wanted(resource, _actor(), tuple(asked.items()), cursor, size, selection=selection)
    found = read(wanted)
    rows = found[:size]
    if cursor is not None and cursor.is_back:
        rows.reverse()
    ends = [_end(row, view.moment) for row in (*rows[:1], *rows[-1:])]
    around = Links(request, cursor, has_more=len(found) > size).around(ends)
    head = orjson.dumps(around).decode()[:-1]
    tail = orjson.dumps(told_count(count)).decode()[1:]
    listed = settled(",".join(_trimmed(row, selection) for row in rows), request)
    return _answer(f'{head},"results":[{listed}]{"," if count is not None else ""}{tail}')


def row(view: Any, request: Request, key: str) -> HttpResponse:
    """Show one row; an unseen one, a random id and no id at all are the same."""
    try:
        wanted = Wanted(type(view), _actor(), key=values.key(key), selection=view.selection)
        found = read(wanted)
    except ValidationError:
        raise Http404 from None
    if not found:
        raise Http404
    shown = settled(_trimmed(found[0], view.selection), request)
    return told(request, shown.encode(), orjson.loads(found[0]).get("version"))


def told(request: Request, content: bytes, version: int | None) -> HttpResponse:
    """Answer with one row, or say that the caller holds this very answer."""
    tag = None if version is None else etag(version, content)
    if tag is not None and is_held(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(content, content_type=_JSON, headers={"ETag": tag} if tag else {})


def _actor() -> Actor:
    actor = current_actor()
    assert isinstance(actor, Actor)  # noqa: S101 - can_answer() was asked
    return actor


def _end(row: str, moment: str) -> tuple[str, str]:
    shown = orjson.loads(row)
    return shown[moment], shown["id"]


def _trimmed(row: str, selection: Selection) -> str:
    if selection.fields is None:
        return row
    return orjson.dumps(selection.trimmed(orjson.loads(row))).decode()


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=_JSON)
