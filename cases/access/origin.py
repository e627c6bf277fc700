"""Where an act comes in: one request or one run of a command, and by which door."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cases import ids

HEADER = "X-Request-Id"
SITE, COMMAND = "site", "command"
DOORS = {"api": "api", "admin": "admin", "dashboards": "dashboard"}
"""The door that each namespace of addresses is; what is in none of them is the site."""


@dataclass(frozen=True)
class Origin:
    """A request or a run, by its id, and the face that it came to."""

    request_id: UUID | None = None
    door: str = ""


NOWHERE = Origin()

_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current() -> Origin:
    """Give where we come from; an empty origin where nobody has said."""
    return _origin.get()


@contextmanager
def coming_in(door: str) -> Iterator[Origin]:
    """Give all that is done in the block an id of its own."""
    token = _origin.set(Origin(ids.new_id(), door))
    try:
        yield current()
    finally:
        _origin.reset(token)


@contextmanager
def running() -> Iterator[Origin]:
    """Give the run of a command an id; what it calls belongs to the same run."""
    if current().request_id is not None:
        yield current()
        return
    with coming_in(COMMAND) as origin:
        yield origin


class OriginMiddleware:
    """Gives each request an id of ours: one that a client chose could hide among another's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_in(SITE) as origin:
            request.origin = origin  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers[HEADER] = str(origin.request_id)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Note the door, once the address is known to lead somewhere."""
        spaces = request.resolver_match.namespaces if request.resolver_match else []
        door = DOORS.get(spaces[0], SITE) if spaces else SITE
        _origin.set(replace(current(), door=door))


class OriginFilter(logging.Filter):
    """Puts the id of the request on its log lines, also on Django's, which come after it."""

    def filter(self, record: logging.LogRecord) -> bool:
        origin = getattr(getattr(record, "request", None), "origin", None) or current()
        record.request_id = origin.request_id or "-"
        return True
