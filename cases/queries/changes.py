"""What changed, in order, for whoever asks: first all that is there, then what happened since.

Nothing that is committed later comes before a place that was handed out. Several transactions of
PostgreSQL may be under way at once: changes wait until every earlier transaction has ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Max, Q, QuerySet

from cases.access.actor import Actor
from cases.access.collections import READ_BY
from cases.access.gate import System, acting_as, current_actor
from cases.access.sensitivity import OPEN
from cases.models import Change
from cases.models.gate import opened
from cases.vocabulary.changes import ChangeKind

_HORIZON = """
WITH seen AS MATERIALIZED (SELECT pg_current_snapshot() AS snapshot)
SELECT least(min(running::text::bigint), min(pg_snapshot_xmax(snapshot)::text::bigint),
  pg_current_xact_id_if_assigned()::text::bigint)
FROM seen LEFT JOIN LATERAL pg_snapshot_xip(snapshot) AS running ON NOT EXISTS (
  SELECT FROM pg_stat_activity AS session WHERE session.datname <> current_database()
  AND session.backend_xid::text::bigint = running::text::bigint % 4294967296
)
"""
"""The first transaction that is under way, but for those of which the server says that they are in
another database: these would only keep readers waiting."""
_READING = "reading where the feed stands"


class BeginAnew(Exception):  # noqa: N818 - an answer, not a fault
    """A position from before rows were written past the acts, or from another database."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in the order of changes."""

    written_in: int = 0
    number: int = 0


@dataclass(frozen=True)
class Position:
    """How far a reader has come.

    While ``model`` is set it still walks through what is there, and is behind ``key`` of it; it
    then goes on with what has changed since ``place``. ``epoch`` is the last time that all had to
    begin anew.
    """

    epoch: int
    place: Place
    model: str = ""
    key: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """One row that changed, as it stands now, or is gone."""

    position: Position
    model: str
    key: UUID
    version: int | None
    kind: ChangeKind
    recorded_at: datetime


@dataclass(frozen=True)
class Page:
    """Some entries, and where to go on."""

    entries: tuple[Entry, ...]
    next: Position
    has_more: bool


def page(after: Position | None, size: int) -> Page:
    """Give what comes after a position, of the collections that whoever asks may read at all.

    :raises BeginAnew: for a position that does not hold any more.
    """
    actor = current_actor()
    by_name = {
        name: apps.get_model("cases", name) for name, act in READ_BY.items() if actor.may(act)
    }
    now = present()
    if after is None:
        first = min(by_name, default="")
        return _walk(by_name, replace(now, model=first), size)
    if after.epoch != now.epoch or after.place > now.place:
        raise BeginAnew
    if after.model:
        return _walk(by_name, after, size)
    return _log(by_name, after, now, size)


def present() -> Position:
    """Give the position behind all changes that are certain to be in order."""
    with acting_as(System(_READING)):
        anew = Change.objects.filter(kind=ChangeKind.ANEW).aggregate(last=Max("id"))
        return Position(anew["last"] or 0, _horizon())


def _horizon() -> Place:
    if connection.vendor != "postgresql":  # one writer at a time: the numbers are the order
        return Place(0, Change.objects.aggregate(last=Max("id"))["last"] or 0)
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return Place(cursor.fetchone()[0])


def _walk(by_name: dict[str, Any], after: Position, size: int) -> Page:
    """Go through the rows that are there, table by table; what changes meanwhile comes after."""
    found: list[Entry] = []
    for name in sorted(name for name in by_name if name >= after.model):
        rows = by_name[name].objects.order_by("pk")
        if name == after.model and after.key is not None:
            rows = rows.filter(pk__gt=after.key)
        columns = rows.values_list("pk", "version", "updated_at")
        found += [
            Entry(
                replace(after, model=name, key=key), name, key, version, ChangeKind.CHANGED, moment
            )
            for key, version, moment in columns[: size + 1 - len(found)]
        ]
        if len(found) > size:
            return Page(tuple(found[:size]), found[size - 1].position, has_more=True)
    # Whether anything has happened on the way is not said: it may be what nobody is to know.
    return Page(tuple(found), Position(after.epoch, after.place), has_more=True)


def _log(by_name: dict[str, Any], after: Position, now: Position, size: int) -> Page:
    changes = _merged(_streams(by_name, after.place, now.place), size + 1)
    taken = changes[:size]
    has_more = len(changes) > size
    last = Place(taken[-1].written_in, taken[-1].pk) if has_more else now.place
    entries = tuple(_told(by_name, taken, after))
    return Page(entries, replace(after, place=last), has_more=has_more)


def _streams(by_name: dict[str, Any], after: Place, until: Place) -> Iterator[QuerySet[Change]]:
    """Give the ways by which a change may reach whoever asks: each has an index of its own."""
    later = Q(written_in__gt=after.written_in) | Q(id__gt=after.number)
    earlier = Q(written_in__lt=until.written_in) | Q(id__lte=until.number)
    rows = Change.objects.filter(
        later,
        earlier,
        written_in__gte=after.written_in,
        written_in__lte=until.written_in,
        model__in=list(by_name),
    ).order_by("written_in", "id")
    yield rows.filter(is_published=True)
    actor = current_actor()
    if isinstance(actor, Actor):
        yield rows.filter(organisation_id=actor.organisation_id)
        yield rows.filter(recipient_id=actor.organisation_id)
        yield rows.filter(person_id__in=opened(actor, OPEN))


def _merged(streams: Iterable[QuerySet[Change]], most: int) -> list[Change]:
    found = {change.pk: change for rows in streams for change in rows[:most]}
    return sorted(found.values(), key=lambda one: (one.written_in, one.pk))[:most]


def _told(by_name: dict[str, Any], changes: Sequence[Change], after: Position) -> Iterator[Entry]:
    """Say of each row what the gate says now; who sees it no more is told if it is gone."""
    versions = _versions(by_name, changes)
    for change in changes:
        version = versions.get((change.model, change.row_id))
        if version is None and change.kind != ChangeKind.GONE:
            continue
        yield Entry(
            replace(after, place=Place(change.written_in, change.pk)),
            change.model,
            change.row_id,  # type: ignore[arg-type]
            version,
            ChangeKind.GONE if version is None else ChangeKind.CHANGED,
            change.recorded_at,
        )


def _versions(
    by_name: dict[str, Any], changes: Iterable[Change]
) -> dict[tuple[str, UUID | None], int]:
    keys: dict[str, set[UUID | None]] = defaultdict(set)
    for change in changes:
        keys[change.model].add(change.row_id)
    return {
        (name, key): version
        for name, wanted in keys.items()
        for key, version in by_name[name].objects.filter(pk__in=wanted).values_list("pk", "version")
    }
