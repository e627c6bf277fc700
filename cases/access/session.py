"""What the database is told of whoever acts: a label, an organisation and a user."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import product
from typing import Any
from uuid import UUID

from cases.access.actor import Actor, AnyActor, System
from cases.vocabulary.organisations import Role

ACTOR, ORGANISATION, USER = "tracker.actor", "tracker.organisation", "tracker.user"
SYSTEM = "system"

Told = tuple[str, str, str]
NOBODY: Told = ("", "", "")

OWN_ORGANISATION = UUID("00000000-0000-4000-8000-0000000000a0")
OWN_USER = UUID("00000000-0000-4000-8000-0000000000b0")
"""They stand for the settings in a policy, where one text serves all organisations and users."""

_FLAGS = tuple(field.name for field in fields(Actor) if field.type in {bool, "bool"})


def told(actor: AnyActor | None) -> Told:
    """Give the values of the three settings; empty ones open nothing."""
    if isinstance(actor, System):
        return (SYSTEM, "", "")
    if isinstance(actor, Actor):
        return (label(actor), str(actor.organisation_id), str(actor.user_id))
    return NOBODY


def label(actor: Actor) -> str:
    """Say all that a condition may depend on besides organisation and user: role and flags."""
    flags = (name.removeprefix("is_") for name in _FLAGS if getattr(actor, name))
    return " ".join((actor.role.value, *flags))


def every_actor() -> Iterator[tuple[str, AnyActor]]:
    """Yield one actor of each label, under the organisation and user that stand for all."""
    yield SYSTEM, System("describing row security")
    for role, flags in product(Role, product((False, True), repeat=len(_FLAGS))):
        given: dict[str, Any] = dict(zip(_FLAGS, flags, strict=True))
        actor = Actor(OWN_USER, OWN_ORGANISATION, role, **given)
        yield label(actor), actor
