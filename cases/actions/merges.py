"""Two cases of one person become one, and two again if that was wrong."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import following, mergeable, names, recording, status, steps
from cases.actions.following import Move
from cases.models import (
    Individual,
    Merge,
    MergedRow,
)
from cases.rules import merges as rules
from cases.vocabulary.status import Axis, ReturnStatus

MERGE = Act.MERGE_CASES
PERSON = "individual"
HARM = "sensitivity"
Noted = tuple[str, UUID, str, str]
"""A table, a row, a column, and what it held."""


@transaction.atomic
def merge(
    kept: Individual,
    *,
    by: AnyActor,
    version: int | None,
    duplicate: Individual,
    reason: str,
    duplicate_version: int | None = None,
) -> Merge:
    """Put a case into another one of the same person; :func:`undo` puts it back.

    All that is kept on the duplicate follows, but its own columns and its steps, which stay what
    they were; `following.STAY` says why. It becomes a *duplicate*, by a step that names the case.

    :raises PermissionDenied: where one of the two is another organisation's.
    :raises Conflict: if one of the two has changed since it was read.
    :raises ValidationError: where something says that the two are two, or must be settled first.
    """
    require(by, MERGE)
    recording.require_own(by, kept)
    recording.require_own(by, duplicate)
    if kept.organisation_id != duplicate.organisation_id:
        raise recording.NotYours(duplicate)
    kept, duplicate = _lock(kept.pk, duplicate.pk)
    recording.compare(kept, version)
    recording.compare(duplicate, duplicate_version)
    mergeable.check(kept, duplicate, by=by)
    moves = following.of(kept, duplicate)
    columns = _settle(kept, duplicate, by=by)
    event = status.record(
        by=by,
        individual=duplicate,
        to_status=ReturnStatus.DUPLICATE,
        organisation=kept.organisation,
        observation=f"The same person as the case {kept}, and put into it.",
    )
    row = recording.add(
        Merge,
        by=by,
        act=MERGE,
        organisation=kept.organisation,
        individual=kept,
        duplicate=duplicate,
        reason=rules.reason_of(reason),
        event=event,
    )
    for one in moves:
        following.move(one, to=kept, by=by)
    names.index([kept.pk, duplicate.pk])
    changed = [(one.model, one.row.pk, one.field, str(duplicate.pk)) for one in moves]
    _note(row, [*columns, *changed])
    return row


@transaction.atomic
def undo(merge: Merge, *, by: AnyActor, version: int | None, reason: str) -> Merge:
    """Put back exactly what a merge moved; what was recorded since stays with the kept case.

    :raises ValidationError: if it is undone already, or what it moved was changed since.
    """
    require(by, MERGE)
    recording.require_own(by, merge)
    kept, duplicate = _lock(merge.individual_id, merge.duplicate_id)
    for person in (kept, duplicate):
        recording.require_own(by, person)
        recording.refuse_anonymised(person)
    recording.compare(merge, version)
    if merge.undone_at is not None:
        message = _("This merge is undone already.")
        raise recording.refusal("undone_at", message, "undone")
    with acting_as(System("reading what a merge changed")):
        rows = list(MergedRow.objects.filter(merge=merge).order_by("model", "row_id", "field"))
    before = {person.pk: _before(person, rows) for person in (kept, duplicate)}
    moves = [following.back(one) for one in rows if one.model != PERSON]
    _refuse_changed(kept, duplicate, before, moves)
    merge = recording.amend(
        merge, by=by, act=MERGE, version=None,
        undone_at=clock.now(), undone_by_id=by.user_id, undo_reason=rules.reason_of(reason),
    )  # fmt: skip
    for one in moves:
        following.move(one, to=duplicate, by=by)
    names.index([kept.pk, duplicate.pk])
    for person in (kept, duplicate):
        recording.amend(person, by=by, act=MERGE, version=None, **before[person.pk])
    _step_back(merge, duplicate, by=by)
    return merge


def _lock(*keys: UUID) -> list[Individual]:
    """Hold both cases as whole rows: nothing new is recorded on either while rows follow.

    :raises PermissionDenied: for one that whoever acts may not see, or no longer.
    """
    with acting_as(System("holding two cases")):
        rows = Individual.objects.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update().values_list("pk"))
    seen = Individual.objects.in_bulk(keys)
    if not seen.keys() >= set(keys):
        message = _("One of the two cases is not within your reach any more.")
        raise PermissionDenied(message)
    return [seen[key] for key in keys]


def _settle(kept: Individual, duplicate: Individual, *, by: AnyActor) -> list[Noted]:
    """Let each case take over what both must have; give what each column held before."""
    given = {
        kept: rules.settled(_columns(kept), _columns(duplicate)),
        duplicate: rules.settled({HARM: duplicate.sensitivity}, {HARM: kept.sensitivity}),
    }
    noted = [
        (PERSON, person.pk, name, _written(getattr(person, name)))
        for person, changes in given.items()
        for name in changes
    ]
    for person, changes in given.items():
        recording.amend(person, by=by, act=MERGE, version=None, **changes)
    return noted


def _columns(person: Individual) -> dict[str, Any]:
    return {name: getattr(person, name) for name in rules.COLUMNS}


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _note(merge: Merge, changed: Iterable[Noted]) -> None:
    with acting_as(System("noting what a merge changed")):
        MergedRow.objects.bulk_create(
            MergedRow(merge=merge, model=model, row_id=pk, field=field, previous=previous)
            for model, pk, field, previous in changed
        )


def _before(person: Individual, rows: Iterable[MergedRow]) -> dict[str, Any]:
    """Give what the columns of a case held before a merge."""
    found = {}
    for one in rows:
        if one.row_id == person.pk:
            field: Any = Individual._meta.get_field(one.field)
            is_empty = one.previous == "" and field.null
            found[one.field] = None if is_empty else field.to_python(one.previous)
    return found


def _refuse_changed(
    kept: Individual,
    duplicate: Individual,
    before: Mapping[UUID, Mapping[str, Any]],
    moves: Iterable[Move],
) -> None:
    """Refuse to undo over what somebody has changed since.

    :raises ValidationError: naming it.
    """
    given = rules.settled(before[kept.pk], _columns(duplicate))
    raised = dict.fromkeys(before[duplicate.pk], rules.HIGHER[HARM][-1])
    changed = [
        _("“%(field)s” of %(case)s") % {"field": _field_in_words(name), "case": person}
        for person, values in ((kept, given), (duplicate, raised))
        for name in before[person.pk]
        if getattr(person, name) != values.get(name)
    ]
    changed += [str(one) for one in moves if not one.is_still_of(kept)]
    if duplicate.return_status != ReturnStatus.DUPLICATE:
        changed.append(_("the status of %(case)s") % {"case": duplicate})
    rules.check_unchanged(changed)


def _field_in_words(name: str) -> str:
    return str(Individual._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _step_back(merge: Merge, duplicate: Individual, *, by: AnyActor) -> None:
    """Set the step right by which the case became a duplicate: by a later one, as all steps are."""
    to_status = merge.event.from_status
    fields: dict[str, Any] = {"axis": Axis.RETURN, "to_status": to_status, "corrects": merge.event}
    steps.take(
        duplicate,
        steps.placed_at(duplicate, **fields),
        by=by,
        organisation=merge.organisation,
        observation=f"Put into the case {merge.individual} by mistake.",
        **fields,
    )
