"""The rows of an import: each goes the way of the single act, and is known when it comes again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import intake, offers, recording
from cases.actions.import_acts import ACTS
from cases.actions.imports import NEEDED
from cases.models import ImportKey, ImportRow, ImportRun, PersonOffer
from cases.models.clashes import sentence_of
from cases.models.imports import LONGEST_WHY
from cases.queries.imports import imported
from cases.rules import imports as rules
from cases.rules.imports import Readied
from cases.vocabulary.imports import ImportKind, RowOutcome

R = RowOutcome
_NOTING = "noting what became of imported rows"
_COLUMN = {R.ADDED: "rows_added", R.UNCHANGED: "rows_unchanged", R.REFUSED: "rows_refused"}


class NotOurTurn(Exception):  # noqa: N818 - a finding, not a fault
    """The run has ended, or another worker has come further: leave it alone."""


@dataclass
class Tried:
    """What became of a row."""

    number: int
    outcome: RowOutcome
    target_id: UUID | None = None
    why: str = ""
    alike: str = ""
    readied: Readied | None = field(default=None, repr=False)


@transaction.atomic
def try_rows(
    run: ImportRun, *, by: AnyActor, rows: Iterable[Readied], before: int, notes_all: bool = True
) -> list[Tried]:
    """Try the rows that follow the first ``before``; rows, keys and notes stand or fall as one.

    That the run has come exactly so far is asked first: of two workers one waits here, and then
    finds that it is not its turn.

    :raises NotOurTurn: where it has not.
    """
    require(by, NEEDED.get(run.kind, Act.KEEP_CASES))
    with acting_as(System(_NOTING)):
        same = ImportRun.objects.filter(pk=run.pk, state=run.state, rows_done=before)
        if same.update(rows_done=before) != 1:
            raise NotOurTurn
    tried = _many(run, by, rows) if run.kind == ImportKind.INDIVIDUALS else _each(run, by, rows)
    _note(run, tried, before=before, notes_all=notes_all)
    return tried


@transaction.atomic
def note(run: ImportRun, *, by: AnyActor, tried: Sequence[Tried], before: int) -> None:
    """Note what rows would have become, after they were tried and undone.

    :raises NotOurTurn: where the run has come further meanwhile.
    """
    require(by, NEEDED.get(run.kind, Act.KEEP_CASES))
    _note(run, tried, before=before, notes_all=False)


def _note(run: ImportRun, tried: Sequence[Tried], *, before: int, notes_all: bool) -> None:
    told = [one for one in tried if notes_all or one.outcome not in {R.ADDED, R.READY} or one.alike]
    undone = set() if notes_all else {one.target_id for one in tried if one.outcome == R.ADDED}
    with acting_as(System(_NOTING)):
        same = ImportRun.objects.filter(pk=run.pk, state=run.state, rows_done=before)
        numbers = {name: sum(1 for t in tried if t.outcome == o) for o, name in _COLUMN.items()}
        more: Any = {name: F(name) + number for name, number in numbers.items()}
        if same.update(rows_done=before + len(tried), **more) != 1:
            raise NotOurTurn
        ImportRow.objects.bulk_create(
            ImportRow(
                run=run,
                number=one.number,
                outcome=one.outcome if notes_all or one.outcome != R.ADDED else R.READY,
                target_id=None if one.target_id in undone else one.target_id,
                why=one.why[:LONGEST_WHY],
                alike=one.alike[:LONGEST_WHY],
            )
            for one in told
        )


# --- One by one ---


def _each(run: ImportRun, by: AnyActor, rows: Iterable[Readied]) -> list[Tried]:
    return [_one(run, by, row) for row in rows]


def _one(run: ImportRun, by: AnyActor, row: Readied) -> Tried:
    """Carry out the single act of a row; a refusal undoes it and becomes its sentence."""
    known = _without_act(row, imported(run, [row.key]))
    if known is not None:
        return known
    try:
        return _added(row, _made(run, by, row))
    except _Overtaken:
        return _without_act(row, imported(run, [row.key])) or _refused(row, _(rules.SAME_AS))
    except ValidationError as refusal:
        why = in_words(refusal)
    except PermissionDenied as refusal:
        why = str(refusal) or _("You may not do this.")
    except recording.Conflict as refusal:
        why = str(refusal)
    except IntegrityError as fault:
        why = sentence_of(fault)
    return _refused(row, why)


@transaction.atomic
def _made(run: ImportRun, by: AnyActor, row: Readied) -> Any:
    made = ACTS[run.kind](by, dict(row.fields))
    if not _claim(run, [_key_of(run, row, made.pk)]):
        raise _Overtaken
    return made


def _added(row: Readied, made: Any) -> Tried:
    """Say that a row was added; of a record of another registry also what it touches."""
    if not isinstance(made, PersonOffer):
        return Tried(row.number, R.ADDED, made.pk, readied=row)
    alike = ", ".join(offers.cases_resting_on(made))
    return Tried(row.number, R.ADDED, made.pk, _(made.reason) if made.reason else "", alike, row)


class _Overtaken(Exception):  # noqa: N818 - undoes the row
    """Another import has added the same row meanwhile."""


def _without_act(row: Readied, before: Mapping[str, ImportKey]) -> Tried | None:
    """Say what becomes of a row that need not be tried."""
    if row.fault:
        return _refused(row, row.fault)
    if row.known is not None:
        return Tried(row.number, R.UNCHANGED, row.known.pk, _(rules.SAME_AS))
    earlier = before.get(row.key)
    if earlier is None:
        return None
    if earlier.content != row.content:
        return _refused(row, _(rules.OTHER_CONTENT))
    return Tried(row.number, R.UNCHANGED, earlier.target_id, _(rules.SAME_AS))


def _refused(row: Readied, why: str) -> Tried:
    return Tried(row.number, R.REFUSED, None, why)


def in_words(refusal: ValidationError) -> str:
    """Write a refusal as one line: each sentence after the field it is about."""
    if not hasattr(refusal, "error_dict"):
        return " ".join(refusal.messages)
    return " ".join(
        " ".join(messages) if name == "__all__" else f"{name}: {' '.join(messages)}"
        for name, messages in refusal.message_dict.items()
    )


def _key_of(run: ImportRun, row: Readied, target: UUID) -> ImportKey:
    return ImportKey(
        organisation_id=run.organisation_id,
        kind=run.kind,
        key=row.key,
        content=row.content,
        target_id=target,
    )


def _claim(run: ImportRun, keys: Sequence[ImportKey]) -> set[UUID]:
    """Put in the keys of rows; give the ids of those where nobody was quicker.

    In one order for all: the database lets one of two twins wait for the other.
    """
    with acting_as(System("remembering imported rows")):
        ordered = sorted(keys, key=lambda one: one.key)
        ImportKey.objects.bulk_create(ordered, ignore_conflicts=True)
        texts = [one.key for one in ordered]
    stand = imported(run, texts)
    ours = {one.pk for one in ordered}
    return {row.target_id for row in stand.values() if row.pk in ours}


# --- Many people at once ---


def _many(run: ImportRun, by: AnyActor, rows: Iterable[Readied]) -> list[Tried]:
    """Take in at once all who are plainly good; everybody else goes one by one."""
    given = list(rows)
    before = imported(run, [row.key for row in given])
    done: dict[int, Tried] = {}
    seen: set[str] = set()
    plain: list[Readied] = []
    for row in given:
        known = _without_act(row, before)
        if known is not None:
            done[row.number] = known
        elif row.key not in seen:
            seen.add(row.key)
            plain.append(row)
    if plain:
        done |= _at_once(run, by, plain)
    return [done.get(row.number) or _one(run, by, row) for row in given]


def _at_once(run: ImportRun, by: AnyActor, rows: Sequence[Readied]) -> dict[int, Tried]:
    people = intake.prepared([row.fields for row in rows], by=by)
    ready = {one.person.pk: (row, one) for row, one in zip(rows, people, strict=True) if one}
    try:
        with transaction.atomic():
            won = _claim(run, [_key_of(run, row, key) for key, (row, _one) in ready.items()])
            intake.register_many([ready[key][1] for key in ready if key in won], by=by)
    except IntegrityError:
        return {}  # one of them clashes; which one is found out row by row
    return {
        ready[key][0].number: Tried(ready[key][0].number, R.ADDED, key, readied=ready[key][0])
        for key in won
    }
