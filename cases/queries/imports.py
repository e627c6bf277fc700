"""Imports as their user sees them, and the rows that a file names by code or name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.access.gate import System, acting_as, current_actor
from cases.models import (
    Body,
    BodyName,
    ImportKey,
    ImportRow,
    ImportRun,
    Individual,
    Place,
    PlaceName,
    Statement,
)
from cases.models.base import Record
from cases.rules.names.sounds import search_key
from cases.vocabulary.imports import RowOutcome

MOST_SHOWN = 100
_LOOKING = "reading one's own import"
_LONGEST = 200


class Ambiguous(Exception):  # noqa: N818 - a finding, not a fault of ours
    """Several rows are called so."""


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
    for start in range(0, len(rows), _LONGEST):
        part = rows[start : start + _LONGEST]
        keys = [row.target_id for row in part if row.target_id]
        numbers = dict(
            Individual.objects.filter(pk__in=keys).values_list("pk", "case_number") if keys else []
        )
        for row in part:
            yield row, numbers.get(row.target_id, "")


def imported(run: ImportRun, keys: list[str]) -> dict[str, ImportKey]:
    """Give what the rows with some keys have become in earlier runs."""
    found: dict[str, ImportKey] = {}
    with acting_as(System("asking which rows were imported before")):
        rows = ImportKey.objects.filter(organisation=run.organisation_id, kind=run.kind)
        for start in range(0, len(keys), _LONGEST):
            for row in rows.filter(key__in=keys[start : start + _LONGEST]):
                found[row.key] = row
    return found


def mapped_before(organisation: UUID | None, kind: str, digest: str) -> str:
    """Give what was said of the columns of the last file with the same headers."""
    rows = ImportRun.objects.filter(organisation=organisation, kind=kind, columns_digest=digest)
    last = rows.exclude(mapping="").order_by("-recorded_at").first()
    return last.mapping if last and "mapping" not in last.unread_fields() else ""


def _outcome(row: ImportRow) -> Outcome:
    return Outcome(row.number, row.outcome, row.target_id, row.why, row.alike)


# --- Rows by what a file calls them ---


def coded(model: type[Record], text: str) -> Any:
    """Find a row within sight by its id or code; one's own organisation's before others'.

    :raises Ambiguous: where several others have it.
    """
    key = _key(text)
    if key is not None:
        return model._default_manager.filter(pk=key).first()
    if not any(field.name == "code" for field in model._meta.fields):
        return None
    rows: Any = model._default_manager
    return _own_first(rows.filter(code=text[:_LONGEST]))


def case_of(text: str) -> Individual | None:
    """Find a case of one's own organisation by its id or number."""
    rows = Individual.objects.filter(organisation=current_actor().organisation_id)
    key = _key(text)
    if key is not None:
        return rows.filter(pk=key).first()
    looks_so = text[:2].upper() == "C-" and len(text) <= 20  # noqa: PLR2004 - the column's size
    return rows.filter(case_number=text.upper()).first() if looks_so else None


def statement_of(text: str) -> Statement | None:
    """Find a statement within sight by its id or code."""
    found: Statement | None = coded(Statement, text)
    return found


def place_called(text: str) -> Place | None:
    """Find a place by its id, a published code, or a name in any language.

    :raises Ambiguous: where several are called so.
    """
    key = _key(text)
    if key is not None:
        return Place.objects.filter(pk=key).first()
    code = text.upper()[:_LONGEST]
    coded_so = Q(iso_3166_1=code) | Q(iso_3166_2=code) | Q(p_code=code)
    found = list(Place.objects.filter(coded_so)[:2]) or list(Place.objects.filter(name=text)[:2])
    return _only(found or _named(Place, PlaceName, "place", text))


def body_called(text: str) -> Body | None:
    """Find a body by its id or a name in any language.

    :raises Ambiguous: where several are called so.
    """
    key = _key(text)
    if key is not None:
        return Body.objects.filter(pk=key).first()
    found = list(Body.objects.filter(name=text)[:2])
    return _only(found or _named(Body, BodyName, "body", text))


def _named(model: Any, names: Any, link: str, text: str) -> list[Any]:
    rows = names.objects.filter(search_key=search_key(text[:_LONGEST]))
    keys = {getattr(row, f"{link}_id") for row in rows.only(link)[:50]}
    return list(model.objects.filter(pk__in=keys)[:2])


def _only(rows: list[Any]) -> Any:
    if len(rows) > 1:
        raise Ambiguous
    return rows[0] if rows else None


def _own_first(rows: Any) -> Any:
    found = list(rows[:20])
    own_rows = [row for row in found if row.organisation_id == current_actor().organisation_id]
    return _only(own_rows or found)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == len("00000000-0000-0000-0000-000000000000") else None
    except ValueError:
        return None
