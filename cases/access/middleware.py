"""Opens each request's block at the gate."""

from collections.abc import Callable, Iterator
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cases.access.actor import Account, AnyActor
from cases.access.gate import Actor, Anonymous, acting_as, current_actor

SECOND_FACTOR = "second_factor_shown"
"""The mark in a session that has shown its second factor."""


class SecondFactorMiddleware:
    """Where a second factor is required, a session that has not shown one is nobody's.

    Nobody gets such a session by signing in; one may be left from before it was required.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.MFA_REQUIRED and not request.session.get(SECOND_FACTOR):
            request.user = AnonymousUser()
        return self.get_response(request)


class ActorMiddleware:
    """Lets the session's user act; a token's user takes over in the API's authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acting_as(actor_of(request)):
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                _carry_actor(response)
            return response


def actor_of(request: HttpRequest) -> AnyActor:
    """Give the actor of the session, or nobody."""
    if request.user.is_authenticated:
        return Actor.of(cast("Account", request.user))
    return Anonymous()


def _carry_actor(response: StreamingHttpResponse) -> None:
    """Keep acting as now while the response is streamed, after the middleware has returned."""
    actor, chunks = current_actor(), iter(response)

    def stream() -> Iterator[bytes]:
        while True:
            with acting_as(actor):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    response.streaming_content = stream()
