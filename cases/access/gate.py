"""The gate: who acts now, and whether they may."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

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
    "look_anew",
    "looked_up",
    "require",
    "whoever_acts",
]

T = TypeVar("T")

_actor: ContextVar[AnyActor | None] = ContextVar("actor", default=None)
_notes: ContextVar[dict[str, Any] | None] = ContextVar("notes", default=None)


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


def whoever_acts() -> AnyActor | None:
    """Give whoever acts now, or None: for the database backend, which also serves nobody."""
    return _actor.get()


@contextmanager
def acting_as(actor: AnyActor) -> Iterator[AnyActor]:
    """Act as ``actor`` until the block ends."""
    token, notes = _actor.set(actor), _notes.set({})
    try:
        yield actor
    finally:
        _notes.reset(notes)
        _actor.reset(token)


def become(actor: AnyActor) -> None:
    """Act as ``actor`` from here on, inside a block that :func:`acting_as` will end.

    A token is read only after the middleware has opened the request's block.
    """
    current_actor()
    _actor.set(actor)
    _notes.set({})


def looked_up(name: str, look_up: Callable[[], T]) -> T:
    """Look something up once in the present block: what one actor may do, no longer than it acts.

    :raises NoActor: if nobody acts.
    """
    notes = _notes.get()
    if notes is None:
        message = "Nobody is acting. Wrap the call in `with acting_as(actor):`."
        raise NoActor(message)
    if name not in notes:
        notes[name] = look_up()
    found: T = notes[name]
    return found


def can(actor: AnyActor, act: Act) -> bool:
    """Say whether ``actor`` may; faces ask it to hide a button."""
    return actor.may(act)


def look_anew() -> None:
    """Forget what was looked up in the present block: an act in it has opened or ended a right."""
    (_notes.get() or {}).clear()


def require(actor: AnyActor, act: Act) -> None:
    """Let ``actor`` pass.

    :raises PermissionDenied: with the sentence that faces show.
    """
    if not actor.may(act):
        message = _("You may not %(act)s.") % {"act": _(act.value)}
        raise PermissionDenied(message)
