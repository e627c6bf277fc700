"""What every write has in common: permission, one transaction, the check, the audit row."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act, Reach
from cases.actions import audit
from cases.models import Organisation
from cases.models.base import Record, Versioned

R = TypeVar("R", bound=Record)
V = TypeVar("V", bound=Versioned)


class Conflict(Exception):  # noqa: N818 - a refusal, not a fault
    """The row was changed by somebody else since the writer read it."""

    def __init__(self, record: models.Model, expected: int | None) -> None:
        self.record = record
        self.expected = expected
        name = record._meta.verbose_name
        super().__init__(
            f"This {name} was changed by somebody else since you opened it. "
            "Load it again and repeat your change."
        )


@transaction.atomic
def add(
    model: type[R],
    *,
    by: AnyActor,
    act: Act,
    organisation: Organisation | None = None,
    **fields: Any,
) -> R:
    """Record one row for ``organisation``, by default the actor's own.

    :raises PermissionDenied: if ``by`` may not.
    :raises ValidationError: with the sentences of the model's rules and constraints.
    """
    require(by, act)
    record = model(
        organisation_id=organisation_id(by, organisation),
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
        updated_at=clock.now(),
        **fields,
    )
    record.full_clean()
    record.save(force_insert=True)
    trail(record, by=by, act="recorded", changed=fields, versions=(None, record.version))
    return record


@transaction.atomic
def amend(record: V, *, by: AnyActor, act: Act, version: int | None, **changes: Any) -> V:
    """Change fields of one row, if it still has ``version``.

    Nothing happens where nothing differs. ``version=None`` is for acts that have read the row in
    their own transaction.

    :raises PermissionDenied: if ``by`` may not, or the row is another organisation's.
    :raises Conflict: if the row has changed since.
    :raises ValidationError: with the sentences of the model's rules and constraints.
    """
    require(by, act)
    require_own(by, record)
    compare(record, version)
    _refuse_move(record, changes)
    changed = [name for name, value in changes.items() if differs(record, name, value)]
    if not changed:
        return record
    for name in changed:
        setattr(record, name, changes[name])
    record.kept = frozenset(field.name for field in record._meta.fields).difference(changed)
    record.full_clean()
    before = swap(record)
    record.save()
    trail(record, by=by, act="changed", changed=changed, versions=(before, before + 1))
    return record


def differs(record: Versioned, name: str, value: Any) -> bool:
    """Compare the columns: reading a link would fail where the actor may not see its row."""
    column = getattr(record._meta.get_field(name), "attname", name)
    is_row = isinstance(value, models.Model)
    return bool(getattr(record, column) != (value.pk if is_row else value))


def _refuse_move(record: Versioned, changes: dict[str, Any]) -> None:
    """Keep a row in its organisation: moved, it would carry its rights into another."""
    keeper = changes.get("organisation")
    if keeper is not None and keeper.pk != getattr(record, "organisation_id", None):
        name = record._meta.verbose_name
        message = f"This {name} stays with its organisation. Record another one there."
        raise refusal("organisation", message, "organisation")


def compare(record: Versioned, version: int | None) -> None:
    """Refuse a writer who read an older version.

    :raises Conflict: if the versions differ.
    """
    if version is not None and record.version != version:
        raise Conflict(record, version)


def swap(record: Versioned) -> int:
    """Take the row for this transaction: raise its version if it is still the one we read.

    The update is the comparison, on both databases; a lock alone would do nothing on SQLite.

    :raises Conflict: if somebody was quicker.
    :returns: the version before.
    """
    before = record.version
    rows = type(record)._base_manager.filter(pk=record.pk, version=before)
    if rows.update(version=F("version") + 1, updated_at=clock.now()) != 1:
        raise Conflict(record, before)
    record.refresh_from_db(fields=["version", "updated_at"])
    return before


def require_own(by: AnyActor, record: Versioned) -> None:
    """Refuse a change to another organisation's row; shared ground is everybody's to read only.

    :raises PermissionDenied: naming whose it is.
    """
    owner = getattr(record, "organisation_id", None)
    if by.organisation_id is not None and owner is not None and owner != by.organisation_id:
        raise NotYours(record)
    if by.reach is Reach.INTAKE and getattr(record, "recorded_by_id", None) != by.user_id:
        raise NotYours(record, "recorded by somebody else; a partner system changes its own")


class NotYours(PermissionDenied):
    """A row that somebody else keeps."""

    def __init__(
        self, record: Versioned, why: str = "kept by another organisation; only it may change it"
    ) -> None:
        super().__init__(f"This {record._meta.verbose_name} is {why}.")


def trail(
    record: Versioned,
    *,
    by: AnyActor,
    act: str,
    changed: Any = (),
    versions: tuple[int | None, int | None] = (None, None),
    reason: str = "",
) -> None:
    """Note an act on one row."""
    audit.note(
        by=by,
        act=act,
        model=record._meta.model_name or "",
        organisation_id=getattr(record, "organisation_id", record.pk),
        target_id=record.pk,
        versions=versions,
        changed=changed,
        reason=reason,
    )


def refusal(field: str, message: str, code: str) -> ValidationError:
    """Make a sentence that faces show beside ``field``."""
    return ValidationError({field: ValidationError(message, code=code)})


def organisation_id(by: AnyActor, organisation: Organisation | None) -> UUID:
    """Say for which organisation ``by`` records: the own one; the system must name one.

    :raises ValidationError: for another's.
    """
    if organisation is not None and by.organisation_id in {None, organisation.pk}:
        return organisation.pk
    if organisation is not None or by.organisation_id is None:
        message = "A row is recorded for one's own organisation."
        raise ValidationError(message, code="organisation")
    return by.organisation_id
