"""Two cases of one person become one, and two again if that was wrong."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import following, names, recording, status
from cases.actions.following import Move
from cases.models import (
    Anonymisation,
    BatchSlot,
    DuplicateDecision,
    FamilyLink,
    Grant,
    Individual,
    Merge,
    MergedRow,
    Referral,
    StatusEvent,
    StatusProposal,
)
from cases.queries.merges import STANDING
from cases.rules import merges as rules
from cases.rules.duplicates import in_order
from cases.vocabulary.duplicates import Verdict
from cases.vocabulary.referrals import ReferralState
from cases.vocabulary.retention import AnonymisationState
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus

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
    _refuse_unfit(kept, duplicate, by=by)
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
    recording.compare(merge, version)
    if merge.undone_at is not None:
        message = "This merge is undone already."
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
        message = "One of the two cases is not within your reach any more."
        raise PermissionDenied(message)
    return [seen[key] for key in keys]


def _refuse_unfit(kept: Individual, duplicate: Individual, *, by: AnyActor) -> None:
    """Refuse what would not be one case afterwards.

    :raises ValidationError: with the sentence of the first thing that stands against it.
    """
    rules.check_two(kept.pk, duplicate.pk)
    for person in (kept, duplicate):
        recording.refuse_anonymised(person)
    if DuplicateDecision.objects.filter(
        superseded_at=None, verdict=Verdict.DIFFERENT,
        **dict(zip(("first", "second"), in_order(kept.pk, duplicate.pk), strict=True)),
    ).exists():  # fmt: skip
        raise rules.refused(rules.DECIDED, "decided_different")
    with acting_as(System("asking whether two cases can be one")):
        standing = Merge.objects.filter(STANDING)
        rules.check_chain(
            is_kept_merged=standing.filter(duplicate=kept).exists(),
            is_duplicate_merged=standing.filter(duplicate=duplicate).exists(),
            has_duplicate_others=standing.filter(individual=duplicate).exists(),
        )
        rules.check_cases(vars(kept), vars(duplicate))
        rules.check_family(
            _between(kept, duplicate), _relatives(kept, duplicate), _relatives(duplicate, kept)
        )
        rules.check_places(**_places(kept, duplicate))
        live = Q(revoked_at__isnull=True, expires_at__gt=clock.now())
        if _is_waiting(kept, duplicate):
            raise rules.refused(rules.WAITING, "waiting")
        is_shared = Grant.objects.filter(live, individual__in=[kept, duplicate]).exists()
    if is_shared and not by.may(Act.SHARE_CASES):
        raise rules.refused(rules.SHARED, "shared")


def _is_waiting(*people: Individual) -> bool:
    """Say whether anybody is still to decide something of one of the cases."""
    waits = (
        Referral.objects.filter(state=ReferralState.REQUESTED),
        StatusProposal.objects.filter(state=ProposalState.PENDING),
        Anonymisation.objects.filter(state=AnonymisationState.PROPOSED),
    )
    return any(rows.filter(individual__in=people).exists() for rows in waits)


def _between(kept: Individual, duplicate: Individual) -> list[str]:
    both = (kept, duplicate)
    ties = FamilyLink.objects.filter(individual__in=both, relative__in=both)
    return list(ties.values_list("certainty", flat=True))


def _relatives(person: Individual, other: Individual) -> list[tuple[Any, str]]:
    ties = FamilyLink.objects.filter(individual=person).exclude(relative=other.pk)
    whom = ties.annotate(whom=Coalesce("relative", "contact"))
    return list(whom.values_list("whom", "tie"))


def _places(kept: Individual, duplicate: Individual) -> dict[str, Any]:
    """Say where a person would have two places, or be in two movements that are not over."""
    slots = [BatchSlot.objects.filter(individual=person) for person in (kept, duplicate)]
    held = [dict(rows.values_list("batch", "batch__code")) for rows in slots]
    live = [set(rows.filter(is_live=True).values_list("batch", flat=True)) for rows in slots]
    shared = held[0].keys() & held[1].keys()
    return {
        "is_in_two_movements": bool(all(live) or shared & (live[0] | live[1])),
        "shared_batches": [held[0][batch] for batch in shared],
    }


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
        f"“{Individual._meta.get_field(name).verbose_name}” of {person}"  # type: ignore[union-attr]
        for person, values in ((kept, given), (duplicate, raised))
        for name in before[person.pk]
        if getattr(person, name) != values.get(name)
    ]
    changed += [str(one) for one in moves if one.person != kept.pk]
    if duplicate.return_status != ReturnStatus.DUPLICATE:
        changed.append(f"the status of {duplicate}")
    rules.check_unchanged(changed)


def _step_back(merge: Merge, duplicate: Individual, *, by: AnyActor) -> None:
    """Set the step right by which the case became a duplicate: by a later one, as all steps are."""
    event = merge.event
    before = recording.swap(duplicate)
    recording.add(
        StatusEvent,
        by=by,
        act=Act.RECORD_STATUS,
        organisation=merge.organisation,
        individual=duplicate,
        axis=Axis.RETURN,
        from_status=event.to_status,
        to_status=event.from_status,
        observation=f"Put into the case {merge.individual} by mistake.",
        corrects=event,
    )
    duplicate.return_status = event.from_status
    duplicate.save(update_fields=["return_status"])
    recording.trail(
        duplicate, by=by, act="moved", changed=["return_status"], versions=(before, before + 1)
    )
