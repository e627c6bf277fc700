"""What every write has in common: permission, one transaction, the check, the audit row."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act, Reach
from cases.actions import audit, changes, names
from cases.models import Individual, Merge, Organisation
from cases.models.base import Record, Versioned
from cases.models.held import held
from cases.queries.audit import ERASED
from cases.queries.merges import STANDING
from cases.rules.machine import Machine
from cases.vocabulary.individuals import CaseSensitivity
from cases.vocabulary.status import ReturnStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

R = TypeVar("R", bound=Record)
V = TypeVar("V", bound=Versioned)
_GIVEN_HERE = frozenset({"organisation", "recorded_by"})
"""Links to whom the actor is, or names: to look them up again would cost two statements a row."""


class Conflict(Exception):  # noqa: N818 - a refusal, not a fault
    """Somebody else was quicker: the row is no longer as the writer read it, or is taken.

    ``expected`` is the version that the writer read, where it is the version that differs.
    """

    def __init__(
        self, record: models.Model, expected: int | None, sentence: str | None = None
    ) -> None:
        self.record = record
        self.expected = expected
        super().__init__(
            sentence
            or _(
                "This %(record)s was changed by somebody else since you opened it. "
                "Load it again and repeat your change."
            )
            % {"record": record._meta.verbose_name}
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
    written = [name for name in fields if differs(model(), name, fields[name])]
    _refuse_unread(record, by, written)
    _refuse_losing_sight(record, by, written)
    _refuse_strangers(record, fields)
    record.kept = _GIVEN_HERE
    record.full_clean()
    record.save(force_insert=True)
    names.follow(record)
    trail(record, by=by, act="recorded", changed=fields, versions=(None, record.version))
    return record


@transaction.atomic
def amend(
    record: V,
    *,
    by: AnyActor,
    act: Act,
    version: int | None,
    machine: Machine | None = None,
    **changes: Any,
) -> V:
    """Change fields of one row, if it still has ``version``; a status only by its machine's steps.

    Nothing happens where nothing differs. ``version=None`` is for acts that have read the row in
    their own transaction.

    :raises PermissionDenied: if ``by`` may not, or the row is another organisation's.
    :raises Conflict: if the row has changed since.
    :raises ValidationError: with the sentences of the model's rules and constraints.
    """
    require(by, act)
    require_own(by, record)
    refuse_merged(record)
    compare(record, version)
    _refuse_move(record, changes)
    changed = [name for name, value in changes.items() if differs(record, name, value)]
    if not changed:
        return record
    unread = record.unread_fields()
    if machine is not None and machine.column in changed and machine.column not in unread:
        machine.check(getattr(record, machine.column), changes[machine.column])
    for name in changed:
        setattr(record, name, changes[name])
    _refuse_unread(record, by, changed, unread)
    _refuse_losing_sight(record, by, changed)
    record.kept = frozenset(field.name for field in record._meta.fields).difference(changed)
    _refuse_strangers(record, changed)
    record.full_clean()
    if record.would_lay_open():
        raise NotYours(record, FOR_THE_CELL)
    before = swap(record, changed)
    record.save()
    names.follow(record)
    trail(record, by=by, act="changed", changed=changed, versions=(before, before + 1))
    return record


def settle(record: V, values: Mapping[str, Any], *, by: AnyActor, act: str, reason: str = "") -> V:
    """Write what an act has decided on a row that it has checked, and say so in the trail.

    The values are ours, not a form's: columns by their own names, such as ``revoked_by_id``.

    :raises Conflict: if somebody was quicker.
    """
    fields = {field.attname: field.name for field in record._meta.concrete_fields}
    changed = [fields[column] for column in values]
    before = swap(record, changed)
    for column, value in values.items():
        setattr(record, column, value)
    record.save(update_fields=changed)
    trail(record, by=by, act=act, changed=changed, versions=(before, before + 1), reason=reason)
    return record


def erase(record: Versioned, *, by: AnyActor) -> None:
    """Take a row away for good; the trail says that it was there, and nothing of what it held."""
    with acting_as(System("erasing a row for good")):
        trail(record, by=by, act=ERASED)
        changes.erase(record)
        type(record)._base_manager.filter(pk=record.pk).delete()


def differs(record: Versioned, name: str, value: Any) -> bool:
    """Compare the columns: reading a link would fail where the actor may not see its row."""
    column = getattr(record._meta.get_field(name), "attname", name)
    is_row = isinstance(value, models.Model)
    return bool(getattr(record, column) != (value.pk if is_row else value))


def _refuse_unread(
    record: Versioned, by: AnyActor, written: Iterable[str], unread: Collection[str] = ()
) -> None:
    """Refuse what the writer could not read, before the act or after it.

    :raises ValidationError: naming the field.
    """
    hidden = type(record).hidden_in(record.__dict__, by).union(unread)
    for name in written:
        if name in hidden:
            message = _("You may not read this field here, so you may not write it. Leave it out.")
            raise refusal(name, message, "masked")


def _refuse_losing_sight(record: Any, by: AnyActor, written: Collection[str]) -> None:
    """Refuse to restrict what the writer could then not read: row security would, with no word.

    :raises ValidationError: for whoever is not cleared.
    """
    if type(record).SCOPE.person != "" or "sensitivity" not in written:
        return
    if record.sensitivity == CaseSensitivity.RESTRICTED and not by.is_cleared_for_restricted:
        message = _(
            "You are not cleared for restricted cases, and could not read it afterwards. Ask "
            "somebody who is."
        )
        raise refusal("sensitivity", message, "out_of_sight")


def _refuse_strangers(record: Versioned, written: Collection[str]) -> None:
    """Keep what is recorded about a person with whoever keeps the person.

    A grant lets others read; a row of theirs would answer what they may not ask.

    :raises PermissionDenied: for another organisation's person.
    """
    link = (type(record).SCOPE.person or "").removesuffix("__")
    if link and link in written:
        require_kept_together(record, getattr(record, link))


def require_kept_together(record: Any, person: Any) -> None:
    """Refuse to tie a row of one organisation to a person of another, or to a merged case.

    :raises PermissionDenied: naming whose the person is.
    :raises ValidationError: for a case that was merged into another one.
    """
    if person is None:
        return
    if person.organisation_id != record.organisation_id:
        raise NotYours(person)
    refuse_anonymised(person)
    refuse_merged(person)


def refuse_anonymised(person: Any) -> None:
    """Refuse to add to a record of which nothing is known any more, for good.

    :raises ValidationError: saying what to do instead.
    """
    if person.anonymised_at is not None:
        message = _("This record was anonymised for good. Take the person in as a new case.")
        raise ValidationError(message, code="anonymised")


def refuse_merged(record: Any) -> None:
    """Keep a case as it was when it was merged: what is new belongs with the one that goes on.

    :raises ValidationError: for a case that was merged into another one.
    """
    if not isinstance(record, Individual) or record.return_status != ReturnStatus.DUPLICATE:
        return
    with acting_as(System("asking whether a case was merged")):
        is_merged = Merge.objects.filter(STANDING, duplicate=record.pk).exists()
    if is_merged:
        message = _(
            "This case was merged into another one. Record it there, or undo the merge first."
        )
        raise ValidationError(message, code="merged")


def _refuse_move(record: Versioned, changes: dict[str, Any]) -> None:
    """Keep a row in its organisation: moved, it would carry its rights into another."""
    keeper = changes.get("organisation")
    if keeper is not None and keeper.pk != getattr(record, "organisation_id", None):
        name = record._meta.verbose_name
        message = _("This %(record)s stays with its organisation. Record another one there.") % {
            "record": name
        }
        raise refusal("organisation", message, "organisation")


def compare(record: Versioned, version: int | None) -> None:
    """Refuse a writer who read an older version.

    :raises Conflict: if the versions differ.
    """
    if version is not None and record.version != version:
        raise Conflict(record, version)


def swap(record: Versioned, changed: Collection[str]) -> int:
    """Take the row for this transaction: raise its version if it is still the one we read.

    The update is the comparison, on both databases; a lock alone would do nothing on SQLite.
    ``changed`` names the fields that the act goes on to save: who loses sight of a row by them is
    told so.

    :raises Conflict: if somebody was quicker.
    :returns: the version before.
    """
    before = record.version
    rows = type(record)._base_manager.filter(pk=record.pk, version=before)
    if rows.update(version=F("version") + 1, updated_at=clock.now()) != 1:
        raise Conflict(record, before)
    record.refresh_from_db(fields=["version", "updated_at"])
    changes.leave(record, changed)
    return before


def hold(model: type[Versioned], *keys: UUID | None) -> None:
    """Lock rows whose children a rule counts, until this transaction ends.

    Always in one order, and before anything is written: two acts that wait for each other would
    both be lost. On SQLite the transaction itself is the lock.
    """
    with acting_as(System("holding rows for a rule about several")):
        rows = model._base_manager.filter(pk__in={key for key in keys if key is not None})
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def require_own(by: AnyActor, record: Versioned) -> None:
    """Refuse a change to another organisation's row; shared ground is everybody's to read only.

    :raises PermissionDenied: naming whose it is.
    """
    owner = getattr(record, "organisation_id", None)
    if by.organisation_id is not None and owner is not None and owner != by.organisation_id:
        raise NotYours(record)
    if by.reach is Reach.INTAKE and getattr(record, "recorded_by_id", None) != by.user_id:
        raise NotYours(
            record,
            _("This %(record)s is recorded by somebody else; a partner system changes its own."),
        )


FOR_THE_CELL = gettext_lazy(
    "This %(record)s is withheld from you in part; only the movement cell may do this."
)
_KEPT_ELSEWHERE = gettext_lazy(
    "This %(record)s is kept by another organisation; only it may change it."
)


class NotYours(PermissionDenied):
    """A row that somebody else keeps; the sentence says of the “%(record)s” who does."""

    def __init__(self, record: Versioned, sentence: "StrOrPromise" = _KEPT_ELSEWHERE) -> None:
        super().__init__(sentence % {"record": record._meta.verbose_name})


def trail(
    record: Versioned,
    *,
    by: AnyActor,
    act: str,
    changed: Any = (),
    versions: tuple[int | None, int | None] = (None, None),
    reason: str = "",
) -> None:
    """Note an act on one row; with the version after it, also what the row holds now.

    With it the feed tells of the row, too.
    """
    audit.note(
        by=by,
        act=act,
        model=model_name(type(record)),
        organisation_id=getattr(record, "organisation_id", record.pk),
        target_id=record.pk,
        versions=versions,
        changed=changed,
        reason=reason,
        row=None if versions[1] is None else held(record),
    )
    if versions[1] is not None:
        changes.note(record, changed, is_new=versions[0] is None)


def seal(record: Versioned, *, by: AnyActor, reason: str) -> None:
    """Let the trail speak for a row as it stands: it was changed by other means than an act."""
    versions = (record.version, record.version)
    trail(record, by=by, act="sealed", versions=versions, reason=reason)


def version_of(record: Versioned) -> int | None:
    """Give the version that stands in the database; None where the row is not there."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    return rows.values_list("version", flat=True).first()


def model_name(model: type[models.Model]) -> str:
    """Name a model as the trail does: a view of a table by the table's own name."""
    concrete = model._meta.concrete_model or model
    return concrete._meta.model_name or ""


def refusal(field: str, message: "StrOrPromise", code: str) -> ValidationError:
    """Make a sentence that faces show beside ``field``."""
    return ValidationError({field: ValidationError(message, code=code)})


def organisation_id(by: AnyActor, organisation: Organisation | None) -> UUID:
    """Say for which organisation ``by`` records: the own one; the system must name one.

    :raises ValidationError: for another's.
    """
    if organisation is not None and by.organisation_id in {None, organisation.pk}:
        return organisation.pk
    if organisation is not None or by.organisation_id is None:
        message = _("A row is recorded for one's own organisation.")
        raise ValidationError(message, code="organisation")
    return by.organisation_id
