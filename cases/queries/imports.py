"""Imports as their user sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.access.gate import System, acting_as, current_actor
from cases.models import ImportKey, ImportRow, ImportRun, Individual
from cases.vocabulary.imports import RowOutcome

MOST_SHOWN = 100
_LOOKING = "reading one's own import"
_AT_ONCE = 200


@dataclass(frozen=True)
class Outcome:
    """What became of one row, or would."""

    number: int
    outcome: str
    target_id: UUID | None
    why: str
    alike: str


def is_own(run: ImportRun) -> bool:
    """Say whether whoever acts uploaded the file: nobody else reads what it says."""
    return current_actor().user_id is not None and run.recorded_by_id == current_actor().user_id


def own(run_id: UUID) -> ImportRun | None:
    """Give a run to whoever uploaded it; to anybody else it is not there."""
    user = current_actor().user_id
    return ImportRun.objects.filter(pk=run_id, recorded_by=user).first() if user else None


def own_runs() -> QuerySet[ImportRun]:
    """Give the runs of whoever acts, the newest first."""
    return ImportRun.objects.filter(recorded_by=current_actor().user_id).order_by("-recorded_at")


def problems(run: ImportRun) -> tuple[Outcome, ...]:
    """List the rows that were refused and those that may be duplicates, up to a limit."""
    with acting_as(System(_LOOKING)):
        rows = ImportRow.objects.filter(run=run).order_by("number")
        told = rows.filter(Q(outcome=RowOutcome.REFUSED) | ~Q(alike=""))
        return tuple(_outcome(row) for row in told[:MOST_SHOWN])


def outcomes(run: ImportRun) -> Iterator[tuple[Outcome, str]]:
    """Give what became of each row, and the case number of who was added."""
    with acting_as(System(_LOOKING)):
        rows = [_outcome(row) for row in ImportRow.objects.filter(run=run).order_by("number")]
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        keys = [row.target_id for row in part if row.target_id]
        numbers = dict(
            Individual.objects.filter(pk__in=keys).values_list("pk", "case_number") if keys else []
        )
        for row in part:
            yield row, numbers.get(row.target_id, "") if row.target_id else ""


def imported(run: ImportRun, keys: list[str]) -> dict[str, ImportKey]:
    """Give what the rows with some keys have become in earlier runs."""
    found: dict[str, ImportKey] = {}
    with acting_as(System("asking which rows were imported before")):
        rows = ImportKey.objects.filter(organisation=run.organisation_id, kind=run.kind)
        for start in range(0, len(keys), _AT_ONCE):
            for row in rows.filter(key__in=keys[start : start + _AT_ONCE]):
                found[row.key] = row
    return found


def mapped_before(organisation: UUID | None, kind: str, digest: str) -> str:
    """Give what was said of the columns of the last file with the same headers."""
    rows = ImportRun.objects.filter(organisation=organisation, kind=kind, columns_digest=digest)
    last = rows.exclude(mapping="").order_by("-recorded_at").first()
    return last.mapping if last and "mapping" not in last.unread_fields() else ""


def _outcome(row: ImportRow) -> Outcome:
    return Outcome(row.number, row.outcome, row.target_id, row.why, row.alike)
