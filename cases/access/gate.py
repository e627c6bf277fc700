"""The gate: who acts now, and whether they may."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied

from cases.access.actor import Actor, Anonymous, AnyActor, System
from cases.access.roles import Act

__all__ = [
    "Actor",
    "Anonymous",
    "NoActor",
    "System",
    "acting_as",
    "become",
    "can",
    "current_actor",
    "require",
]

_actor: ContextVar[AnyActor | None] = ContextVar("actor", default=None)


class NoActor(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """Rows were asked for and nobody is acting: a fault in our code, never an empty answer."""


def current_actor() -> AnyActor:
    """Give whoever acts now.

    :raises NoActor: if nobody does.
    """
    actor = _actor.get()
    if actor is None:
        message = "Nobody is acting. Wrap the call in `with acting_as(actor):`."
        raise NoActor(message)
    return actor


@contextmanager
def acting_as(actor: AnyActor) -> Iterator[AnyActor]:
    """Act as ``actor`` until the block ends."""
    token = _actor.set(actor)
    try:
        yield actor
    finally:
        _actor.reset(token)


def become(actor: AnyActor) -> None:
    """Act as ``actor`` from here on, inside a block that :func:`acting_as` will end.

    A token is read only after the middleware has opened the request's block.
    """
    current_actor()
    _actor.set(actor)


def can(actor: AnyActor, act: Act) -> bool:
    """Say whether ``actor`` may; faces ask it to hide a button."""
    return actor.may(act)


def require(actor: AnyActor, act: Act) -> None:
    """Let ``actor`` pass.

    :raises PermissionDenied: with the sentence that faces show.
    """
    if not actor.may(act):
        message = f"You may not {act}."
        raise PermissionDenied(message)
