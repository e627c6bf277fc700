"""The feed is written here, inside the transaction of the act: what changed, for whose eyes."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import jobs
from cases.models import Change, Grant
from cases.outbox import Job
from cases.queries import sight
from cases.vocabulary.changes import ChangeKind

CHANGED, GONE = ChangeKind.CHANGED, ChangeKind.GONE
_WRITING = "writing the feed"
_NOBODY: Any = Value(None, output_field=models.UUIDField())
_FALSE: Any = Value(False, output_field=models.BooleanField())  # noqa: FBT003 (an SQL value)


def note(record: Any, changed: Collection[str] = (), *, is_new: bool = False) -> None:
    """Tell of a row as it stands after an act; with what decides who sees others, of those too."""
    model = _concrete(record)
    with acting_as(System(_WRITING)):
        _write(CHANGED, model, "", record.pk)
        if not is_new:
            _tell_of_others(CHANGED, model, record.pk, changed, with_links=True)
        if model is Grant and (is_new or sight.OPENING.intersection(changed)):
            _turn_grant(record.pk, CHANGED)
            if is_new:
                jobs.put(Job.NOTE_ENDED_GRANTS, after=record.expires_at)


def leave(record: Any, changed: Collection[str]) -> None:
    """Tell those who see a row, before an act takes it out of their sight; call it before saving.

    Who sees it still is told that it changed.
    """
    model = _concrete(record)
    with acting_as(System(_WRITING)):
        if any((model, name) in sight.hinges() for name in changed):
            _tell_of_ended_grants()  # as things were, before they are otherwise
            _tell_of_others(GONE, model, record.pk, changed)
        if model is Grant and sight.OPENING.intersection(changed):
            _turn_grant(record.pk, GONE)


def erase(record: Any) -> None:
    """Tell of a row that is about to be taken away for good."""
    with acting_as(System(_WRITING)):
        _write_gone(_concrete(record), "", record.pk)


def note_many(rows: QuerySet[Any], *, by: AnyActor) -> int:
    """Tell of many rows that came in at once, in one statement; call it after they were written.

    :raises PermissionDenied: for anybody but the system.
    :returns: how many.
    """
    _only_the_system(by)
    with acting_as(System(_WRITING)):
        return _insert(CHANGED, rows.model, rows)


@transaction.atomic
def begin_anew(*, by: AnyActor) -> None:
    """Let every reader begin anew: rows were written past the acts, or the database was put back.

    :raises PermissionDenied: for anybody but the system.
    """
    _only_the_system(by)
    with acting_as(System(_WRITING)):
        Change(kind=ChangeKind.ANEW).save(force_insert=True)


@transaction.atomic
def note_ended_grants(*, by: AnyActor) -> int:
    """Tell those to whom a person was opened until a moment that has passed; each grant once.

    :raises PermissionDenied: for anybody but the system.
    :returns: how many grants.
    """
    _only_the_system(by)
    with acting_as(System(_WRITING)):
        return _tell_of_ended_grants()


def _tell_of_ended_grants() -> int:
    said = Change.objects.filter(
        recipient_id=OuterRef("recipient_id"),
        model="grant",
        row_id=OuterRef("pk"),
        recorded_at__gte=OuterRef("expires_at"),
    )
    over = Grant.objects.filter(revoked_at__isnull=True, expires_at__lte=clock.now())
    ended = list(over.exclude(Exists(said)).values_list("pk", "expires_at"))
    for key, moment in ended:
        _turn_grant(key, GONE, recorded_at__lt=moment)  # what is newer they never saw
        _write(CHANGED, Grant, "", key)
    return len(ended)


def _tell_of_others(
    kind: ChangeKind, model: Any, key: UUID, changed: Iterable[str], *, with_links: bool = False
) -> None:
    """Tell of the rows whose being seen hangs on columns of this one, and of links to it."""
    found: dict[tuple[Any, str], None] = {}
    for name in changed:
        found |= dict.fromkeys(sight.hinges().get((model, name), ()))
    if found and with_links:
        found |= dict.fromkeys(sight.links_to(model))
    for other, path in found:
        if kind is GONE:
            _write_gone(other, path, key)
        elif path or other is not model:
            _write(kind, other, path, key)


def _write_gone(model: Any, path: str, key: UUID) -> None:
    """Tell of what is gone: by what its scope says, and to each organisation that it is open to."""
    _write(GONE, model, path, key)
    if model.SCOPE.is_granted:
        grants = f"{model.SCOPE.person}grants"
        live = {f"{grants}__revoked_at__isnull": True, f"{grants}__expires_at__gt": clock.now()}
        rows = _along(model, path, key).filter(**live)
        _insert(GONE, model, rows, recipient_id=F(f"{grants}__recipient_id"))


def _turn_grant(key: UUID, kind: ChangeKind, **which: Any) -> None:
    """Tell the recipient of a grant of what it opens, as it begins or ends."""
    person, recipient = Grant.objects.values_list("individual_id", "recipient_id").get(pk=key)
    told: Any = Value(recipient, output_field=models.UUIDField())
    rows = sight.opened_by_grants() if kind is GONE else sight.shown_by_grants()
    for model, path in rows:
        _insert(kind, model, _along(model, path, person).filter(**which), recipient_id=told)
    if kind is GONE:  # what leads to the person stays in sight, and leads nowhere
        for model, path in set(sight.shown_by_grants()) - set(rows):
            _insert(CHANGED, model, _along(model, path, person), recipient_id=told)


def _write(kind: ChangeKind, model: Any, path: str, key: UUID) -> None:
    _insert(kind, model, _along(model, path, key))


def _along(model: Any, path: str, key: UUID) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.filter(**{path or "pk": key})
    return rows


def _insert(kind: ChangeKind, model: Any, rows: QuerySet[Any], *, recipient_id: Any = None) -> int:
    """Write one entry a row, in one statement. For a recipient's eyes it is for no others'."""
    said = sight.facts(model)
    if recipient_id is not None:
        said |= dict.fromkeys(("organisation_id", "recorded_by_id", "taken_in_by_id"), _NOBODY)
        said |= {"recipient_id": recipient_id, "is_published": _FALSE}
    if kind is GONE or recipient_id is not None:
        said["person_id"] = _NOBODY  # a grant of later opens nothing of what is gone
    said |= {
        "recorded_at": Value(clock.now(), output_field=models.DateTimeField()),
        "kind": Value(kind.value, output_field=models.CharField()),
        "model": Value(model._meta.model_name, output_field=models.CharField()),
        "row_id": F("pk"),
    }
    chosen = rows.order_by().annotate(**{f"of_{name}": how for name, how in said.items()})
    query = chosen.values_list(*[f"of_{name}" for name in said]).query
    text, values = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_into(tuple(said))} {text}", values)
        return int(cursor.rowcount)


@cache
def _into(names: tuple[str, ...]) -> str:
    columns = {field.name: field.column for field in Change._meta.concrete_fields}
    listed = ", ".join(f'"{columns[name]}"' for name in names)
    return f'"{Change._meta.db_table}" ({listed})'


def _concrete(record: Any) -> Any:
    return type(record)._meta.concrete_model


def _only_the_system(by: AnyActor) -> None:
    if not isinstance(by, System):
        message = "You may not write the feed; acts do."
        raise PermissionDenied(message)
