"""Statements that the ORM writes once, and the database answers again and again.

A query is compiled with stand-ins for the values that differ from call to call. Where each of them
ended up is a slot, filled when the statement is run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid5

from django.db import DEFAULT_DB_ALIAS, connections

from cases.access.actor import Actor
from cases.access.postgres import reading
from cases.access.session import OWN_ORGANISATION, OWN_USER

_FIRST_DAY = datetime(1871, 3, 9, 5, 17, 43, 123457, UTC)
_FIRST_NUMBER = 31_001  # it fits the smallest column: of a larger one nothing is sought


@dataclass(frozen=True)
class Slot:
    """The place of a value that differs from call to call."""

    name: str


class NotPreparable(TypeError):  # noqa: N818 - a way to go, no fault
    """A value that nothing can stand in for, or that ended up as something else."""


@dataclass(frozen=True)
class Prepared:
    """A statement with slots."""

    text: str
    values: tuple[Any, ...]

    def fetch(self, given: Mapping[str, Any], using: str = DEFAULT_DB_ALIAS) -> list[Any]:
        """Run it as whoever acts; ``given`` are the values of its slots."""
        database = connections[using]
        values = [
            bound(database, given[value.name]) if isinstance(value, Slot) else value
            for value in self.values
        ]
        return fetched(self.text, values, using)


def fetched(text: str, values: Sequence[Any], using: str = DEFAULT_DB_ALIAS) -> list[Any]:
    """Run a statement as whoever acts; on PostgreSQL a text is planned once a connection."""
    database = connections[using]
    if database.vendor == "postgresql":
        return reading.fetch(database, text, values)
    with database.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())


def stand_in(place: int, value: Any) -> Any:
    """Give a value of the same type that nobody means.

    :raises NotPreparable: for a type that has none.
    """
    if isinstance(value, datetime):
        return _FIRST_DAY + timedelta(days=place)
    if isinstance(value, date):
        return (_FIRST_DAY + timedelta(days=place)).date()
    if isinstance(value, UUID):
        return uuid5(OWN_ORGANISATION, str(place))
    if isinstance(value, str):
        return f"stands in for {place}"
    if isinstance(value, int) and not isinstance(value, bool):
        return _FIRST_NUMBER + place
    raise NotPreparable


def prepared(
    text: str, values: Iterable[Any], stand_ins: Mapping[str, Any], using: str = DEFAULT_DB_ALIAS
) -> Prepared:
    """Put slots where stand-ins are.

    :raises NotPreparable: where one of them is missing: it was looked at while the query was made.
    """
    database = connections[using]
    slots = {bound(database, value): Slot(name) for name, value in stand_ins.items()}
    found = tuple(_slot(slots, _plain(value)) for value in values)
    asked = {slot.name for slot in slots.values()} - {ORGANISATION, USER}
    if not asked <= {slot.name for slot in found if isinstance(slot, Slot)}:
        raise NotPreparable
    return Prepared(text, found)


ORGANISATION, USER = "its organisation", "itself"
ACTOR_STANDS = {ORGANISATION: OWN_ORGANISATION, USER: OWN_USER}


def of_actor(actor: Actor) -> dict[str, UUID]:
    """Give the values of the slots that stand for whoever acts."""
    return {ORGANISATION: actor.organisation_id, USER: actor.user_id}


def bound(database: Any, value: Any) -> Any:
    """Give a value as the database takes it."""
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return database.ops.adapt_datefield_value(value)
    return value


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _slot(slots: Mapping[Any, Slot], value: Any) -> Any:
    try:
        return slots.get(value, value)
    except TypeError:  # a value that cannot be a key is none of ours
        return value
