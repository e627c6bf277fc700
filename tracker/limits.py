"""What a request may be, asked before anything of it is read."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

API = "/api/"
METHODS = frozenset({"GET", "HEAD", "POST"})
MOST_PARAMETERS = 50
LONGEST_QUERY = 8_000
LONGEST_VALUE = 2_000

Refusal = tuple[int, str]


class LimitsMiddleware:
    """Refuses in a sentence what is too much, packed, in the clear, or asks by another method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = _too_much(request) or _not_ours(request)
        return refused(request, *refusal) if refusal else self.get_response(request)


def _too_much(request: HttpRequest) -> Refusal | None:
    given = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.LARGEST_IMPORT if _is_import(request) else settings.LARGEST_REQUEST
    if not (given.isascii() and given.isdigit()) or int(given[:18]) > most:
        return 413, "The request is too large."
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        return 400, (
            f"The address asks for too much: {MOST_PARAMETERS} parameters and "
            f"{LONGEST_QUERY} characters are the most."
        )
    for name, values in request.GET.lists():
        if any(len(value) > LONGEST_VALUE for value in values):
            return 400, f"“{name[:40]}” is too long: {LONGEST_VALUE} characters are the most."
    return None


def _is_import(request: HttpRequest) -> bool:
    """Say whether this is one of the addresses that take a whole table."""
    return request.method == "POST" and request.path in settings.IMPORT_ADDRESSES


def _not_ours(request: HttpRequest) -> Refusal | None:
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        return 415, "Send the body as it is, not packed."
    if request.path.startswith(API):
        if settings.HTTPS and not request.is_secure():
            # No redirect: the client would send its token in the clear again and again.
            return 403, "Use https. A token sent over http may have been read: have it replaced."
        return None
    if request.method not in METHODS:
        return 405, "This page is read with GET and sent with POST."
    return None


def refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Say a refusal: as a problem (RFC 9457) to machines, as plain words to people."""
    headers = {"Allow": ", ".join(sorted(METHODS))} if status == 405 else {}  # noqa: PLR2004
    if not request.path.startswith(API):
        kind = "text/plain; charset=utf-8"
        return HttpResponse(f"{sentence}\n", status=status, content_type=kind, headers=headers)
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "errors": [],
    }
    body = json.dumps(problem, ensure_ascii=False)
    kind = "application/problem+json"
    return HttpResponse(body, status=status, content_type=kind, headers=headers)
