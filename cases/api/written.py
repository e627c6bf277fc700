"""The fast way to read: the database writes the rows, by a statement compiled once a shape.

A shape is a collection, what its reader may see, and which filters are asked for. The values of
filters, the cursor and the reader's own ids are put in when it runs. Where grants open other
organisations' people to a reader the statement is compiled each time, with those people in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from cases.access.actor import Actor
from cases.access.gate import System, acting_as
from cases.access.session import OWN_ORGANISATION, OWN_USER
from cases.api.pagination import Cursor, beyond, ordered
from cases.api.selection import WHOLE, Selection, listed_by
from cases.api.shapes import NotWritten, Withholding, shape_of
from cases.models.gate import are_given, take_nobody_as_given
from cases.queries.json_rows import written
from cases.queries.prepared import (
    ACTOR_STANDS,
    NotPreparable,
    Prepared,
    of_actor,
    prepared,
    stand_in,
)

MOST_SHAPES = 1_000
_MOMENT, _KEY = "moment of the cursor", "id of the cursor"
_STANDS = {
    _MOMENT: stand_in(MOST_SHAPES, datetime.now(UTC)),
    _KEY: stand_in(MOST_SHAPES, OWN_USER),
}

Asked = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Statement:
    """What reads the rows; nothing where there can be none."""

    prepared: Prepared | None
    withholding: Withholding | None

    def rows(self, given: Mapping[str, Any]) -> list[str]:
        """Give each row as JSON, less what it withholds from whoever acts."""
        found = [text for (text,) in self.prepared.fetch(given)] if self.prepared else []
        if self.withholding is None:
            return found
        shown = (self.withholding.applied(orjson.loads(text)) for text in found)
        return [orjson.dumps(row).decode() for row in shown]


@dataclass(frozen=True)
class Wanted:
    """What a statement is compiled for: stand-ins mostly, so that many requests share it."""

    resource: Any
    actor: Actor
    asked: Asked = ()
    cursor: Cursor | None = None
    size: int = 0
    key: UUID | None = None
    """Of the one row that is wanted; none for a page."""
    selection: Selection = WHOLE

    def rows(self) -> QuerySet[Any]:
        model = self.resource.model
        if self.key is not None:
            rows: QuerySet[Any] = self.resource.rows(selection=self.selection)
            return rows.filter(pk=self.key)
        listed = self.resource.rows(model.masked_in_lists(), self.selection)
        kept = self.resource.filterset_class.kept(listed, dict(self.asked))
        return kept if self.cursor is None else beyond(kept, self.cursor, self.resource.moment)

    def finished(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.key is not None:
            return rows.order_by()
        is_back = self.cursor is not None and self.cursor.is_back
        return ordered(rows, self.resource.moment, is_back=is_back)[: self.size + 1]


@lru_cache(maxsize=MOST_SHAPES)
def is_written(resource: Any, selection: Selection = WHOLE) -> bool:
    """Say whether the database can write the rows of a collection, listed and single."""
    with acting_as(System("seeing what is written")):
        try:
            for is_list in (True, False):
                serializer = _serializer(resource, selection, is_list=is_list)
                shape_of(serializer, resource.rows(selection=selection), is_list=is_list)
        except NotWritten:
            return False
    return True


def read(wanted: Wanted) -> list[str]:
    """Give the rows that are wanted, each as JSON; of a page one more where there are more."""
    given = of_actor(wanted.actor)
    if not are_given(wanted.actor) and not _looks_up(wanted):
        try:
            standing, values = _standing(wanted)
            return _shared(standing).rows(given | values)
        except NotPreparable:
            pass
    return _compiled(wanted, {}).rows(given)


def _looks_up(wanted: Wanted) -> bool:
    filters = wanted.resource.filterset_class.base_filters
    return any(filters[name].is_looked_up for name, _ in wanted.asked)


def _standing(wanted: Wanted) -> tuple[Wanted, dict[str, Any]]:
    """Put stand-ins for what differs from request to request, and give its values."""
    actor = replace(wanted.actor, user_id=OWN_USER, organisation_id=OWN_ORGANISATION)
    asked, values = [], {}
    for place, (name, value) in enumerate(sorted(wanted.asked)):
        if _differs(value):
            asked.append((name, stand_in(place, value)))
            values[name] = value
        else:
            asked.append((name, value))
    cursor, key = wanted.cursor, wanted.key
    if cursor is not None:
        values |= {_MOMENT: cursor.moment, _KEY: cursor.key}
        cursor = replace(cursor, moment=_STANDS[_MOMENT], key=_STANDS[_KEY])
    if key is not None:
        values[_KEY] = key
        key = _STANDS[_KEY]
    return replace(wanted, actor=actor, asked=tuple(asked), cursor=cursor, key=key), values


@lru_cache(maxsize=MOST_SHAPES)
def _shared(standing: Wanted) -> Statement:
    """Compile for all readers of one kind, as one who has no grant."""
    stands: dict[str, Any] = {**ACTOR_STANDS}
    stands |= {name: value for name, value in standing.asked if _differs(value)}
    if standing.cursor is not None:
        stands |= _STANDS
    elif standing.key is not None:
        stands[_KEY] = _STANDS[_KEY]
    with acting_as(standing.actor):
        take_nobody_as_given()
        return _compiled(standing, stands)


def _differs(value: Any) -> bool:
    """Say whether a value is put in when the statement runs; yes and no are in its text."""
    return value is not None and not isinstance(value, bool)


def _compiled(wanted: Wanted, stands: Mapping[str, Any]) -> Statement:
    rows, is_list = wanted.rows(), wanted.key is None
    serializer = _serializer(wanted.resource, wanted.selection, is_list=is_list)
    shape = shape_of(serializer, rows, is_list=is_list)
    try:
        text, values = written(rows, shape.form, wanted.finished)
    except EmptyResultSet:
        return Statement(None, None)
    return Statement(prepared(text, values, stands), shape.withholding)


def _serializer(resource: Any, selection: Selection, *, is_list: bool) -> Any:
    made = (listed_by(resource) if is_list else resource.serializer_class)()
    return selection.applied(made, resource.moment, "version")
