"""Bulk work as its user sees it: what a run would do, and how far it has come."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from cases.access.gate import System, acting_as, current_actor
from cases.access.sensitivity import CRITICAL
from cases.models import BatchSlot, BulkItem, BulkRun, Individual, RepatriationBatch, Task
from cases.rules import bulk as rules, casework
from cases.rules.batches import MOVING, OVER
from cases.vocabulary.bulk import BulkAct, BulkOutcome
from cases.vocabulary.casework import TaskState

AT_ONCE = 1000
"""So many ids in one query: SQLite takes no more than some thousands."""
EXAMPLES = 5
MODELS: Mapping[str, type[Individual | Task]] = {
    BulkAct.ASSIGN_TASKS: Task,
    BulkAct.FINISH_TASKS: Task,
}


@dataclass(frozen=True)
class Refused:
    """Rows that are refused for one reason, a few of them by their reference.

    A reason is kept in English, and told in the reader's language.
    """

    why: str
    number: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Forecast:
    """What a run would do now. Each row is asked again when its turn comes."""

    total: int
    ready: int
    unchanged: int
    refused: tuple[Refused, ...]

    @property
    def number_refused(self) -> int:
        return sum(group.number for group in self.refused)


@dataclass(frozen=True)
class Progress:
    """How far a run has come."""

    total: int
    done: int
    unchanged: int
    waiting: int
    refused: tuple[Refused, ...]

    @property
    def tried(self) -> int:
        return self.total - self.waiting

    @property
    def number_refused(self) -> int:
        return sum(group.number for group in self.refused)


def model_of(act: str) -> type[Individual | Task]:
    """Say of which model the rows of an act are."""
    return MODELS.get(act, Individual)


def own(run_id: UUID) -> BulkRun | None:
    """Give a run to the user who chose its rows; to anybody else it is not there."""
    user_id = current_actor().user_id
    with acting_as(System("reading one's own bulk work")):
        return BulkRun.objects.filter(pk=run_id, user=user_id).first()


def items_of(run: BulkRun) -> list[BulkItem]:
    """Give the rows of a run in the order in which they were chosen."""
    with acting_as(System("reading one's own bulk work")):
        return list(BulkItem.objects.filter(run=run).order_by("position"))


def rows_of(run: BulkRun, items: Sequence[BulkItem], *ahead: str) -> dict[UUID, Any]:
    """Read the chosen rows that are within the actor's reach, in the order of the choice."""
    model: Any = model_of(run.act)
    found: dict[UUID, Any] = {}
    for start in range(0, len(items), AT_ONCE):
        keys = [item.target_id for item in items[start : start + AT_ONCE]]
        rows = model.objects.prefetch_related(*ahead).in_bulk(keys)
        found |= {key: rows[key] for key in keys if key in rows}
    return found


def forecast(run: BulkRun, **given: Any) -> Forecast:
    """Say what a run would do with what is given, and which rows it would be refused, and why."""
    items = items_of(run)
    rows = rows_of(run, items)
    taken, barred = _taken(given.get("batch"), rows), _barred(given.get("batch"))
    reasons: dict[str, list[str]] = defaultdict(list)
    unchanged = 0
    for item in items:
        row = rows.get(item.target_id)
        why = _why_not(run, item, row, taken) or barred
        if why:
            reasons[why].append(str(row) if row is not None else "")
        elif row is not None and _is_so(run, row, given):
            unchanged += 1
    refused = tuple(_groups(reasons))
    ready = len(items) - unchanged - sum(group.number for group in refused)
    return Forecast(len(items), ready, unchanged, refused)


def progress(run: BulkRun) -> Progress:
    """Count how it went so far."""
    with acting_as(System("reading one's own bulk work")):
        rows = BulkItem.objects.filter(run=run).order_by()
        numbers = dict(rows.values_list("outcome").annotate(Count("pk")))
        refused = rows.filter(outcome=BulkOutcome.REFUSED).order_by("position")
        told = list(refused.values_list("why", "target_id"))
    reasons: dict[str, list[UUID]] = defaultdict(list)
    for why, key in told:
        reasons[why].append(key)
    return Progress(
        total=sum(numbers.values()),
        done=numbers.get(BulkOutcome.DONE, 0),
        unchanged=numbers.get(BulkOutcome.UNCHANGED, 0),
        waiting=numbers.get(BulkOutcome.WAITING, 0),
        refused=tuple(_named(run, reasons)),
    )


def _named(run: BulkRun, reasons: Mapping[str, list[UUID]]) -> Iterator[Refused]:
    model: Any = model_of(run.act)
    few = [key for keys in reasons.values() for key in keys[:EXAMPLES]]
    rows = model.objects.in_bulk(few[:AT_ONCE])
    for why, keys in reasons.items():
        shown = tuple(str(rows[key]) for key in keys[:EXAMPLES] if key in rows)
        yield Refused(_(why), len(keys), shown)


def _groups(reasons: Mapping[str, list[str]]) -> Iterator[Refused]:
    for why, words in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        yield Refused(_(why), len(words), tuple(word for word in words if word)[:EXAMPLES])


def _why_not(run: BulkRun, item: BulkItem, row: Any, taken: frozenset[UUID]) -> str:
    if row is None:
        return rules.GONE
    if run.act == BulkAct.EXPORT:
        return ""
    if row.organisation_id != current_actor().organisation_id:
        return rules.ANOTHERS
    if row.version != item.target_version:
        return rules.STALE
    if run.act == BulkAct.FINISH_TASKS and row.state == TaskState.DROPPED:
        return casework.DROPPED
    return rules.IN_ANOTHER_BATCH if row.pk in taken else ""


def _taken(batch: RepatriationBatch | None, rows: Mapping[UUID, Any]) -> frozenset[UUID]:
    """Find those who are in a batch that is not over, as far as the actor may read it."""
    if batch is None or batch.status in OVER:
        return frozenset()
    slots = BatchSlot.objects.filter(BatchSlot.readable("individual"), is_live=True)
    found: set[UUID] = set()
    keys = list(rows)
    for start in range(0, len(keys), AT_ONCE):
        held = slots.filter(individual__in=keys[start : start + AT_ONCE])
        found.update(held.values_list("individual", flat=True))
    return frozenset(found)


def _barred(batch: RepatriationBatch | None) -> str:
    """Say why nobody can be added to a batch by the actor; nothing where somebody can."""
    is_moving = batch is not None and batch.status in MOVING
    return rules.FOR_THE_CELL if is_moving and current_actor().clearance < CRITICAL else ""


def _is_so(run: BulkRun, row: Any, given: Mapping[str, Any]) -> bool:
    """Say whether a row is already as the run would make it."""
    if run.act in {BulkAct.ASSIGN, BulkAct.ASSIGN_TASKS}:
        return bool(row.assigned_to_id == getattr(given.get("assigned_to"), "pk", None))
    if run.act == BulkAct.PRIORITY:
        return bool(row.priority == given.get("priority"))
    return bool(run.act == BulkAct.FINISH_TASKS and row.state == TaskState.DONE)
