"""The dated steps of a case, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from cases.models import Individual, StatusEvent
from cases.models.gate import Gated
from cases.queries.claims import claimant_of
from cases.rules.dates import in_words
from cases.rules.status import TERMS
from cases.vocabulary.status import Axis

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """A dated step, on whose word it is, and who recorded it."""

    id: UUID
    axis: str
    before: str
    after: str
    value: str
    occurred: str
    place: str
    observation: str
    statement_id: UUID | None
    statement: str
    claimant: str
    reports: tuple[tuple[UUID, str], ...]
    corrects: UUID | None
    recorded_at: datetime
    recorded_by: str


def of(person: Individual) -> tuple[Step, ...]:
    """Read the steps of a case, the latest first, in a fixed number of queries."""
    return tuple(map(_step, _steps(person)))


def read(record: Gated, name: str, empty: T) -> Any | T:
    """Give a field or a related row; ``empty`` where the gate left it out."""
    return empty if name in record.unread_fields() else getattr(record, name)


def related(record: Gated, name: str) -> str:
    """Give a related row in words; nothing where the gate left it out."""
    return str(read(record, name, None) or "")


def label_of(record: Gated, name: str) -> str:
    """Give a term in words; nothing where the gate left it out."""
    return "" if name in record.unread_fields() else getattr(record, f"get_{name}_display")()


def _steps(person: Individual) -> Iterable[StatusEvent]:
    told = "statement__"
    return person.status_events.prefetch_related(
        "place",
        "recorded_by",
        f"{told}speakers__official",
        f"{told}speakers__body",
        f"{told}speakers__contact",
        f"{told}citations__report__publisher",
    ).order_by("-recorded_at", "pk")


def _step(event: StatusEvent) -> Step:
    statement = read(event, "statement", None)
    terms = TERMS[Axis(event.axis)]
    before, after = read(event, "from_status", ""), read(event, "to_status", "")
    reports = [citation.report for citation in statement.citations.all()] if statement else []
    occurred = read(event, "occurred_edtf", "")
    return Step(
        id=event.pk,
        axis=event.axis,
        before=terms(before).label if before else "",
        after=terms(after).label if after else "A step",
        value=after,
        occurred=in_words(occurred) if occurred else "",
        place=related(event, "place"),
        observation=read(event, "observation", ""),
        statement_id=statement.pk if statement else None,
        statement=statement.summary if statement else "",
        claimant=claimant_of(statement, ()).label if statement else "",
        reports=tuple((report.pk, report.code) for report in reports),
        corrects=event.corrects_id,
        recorded_at=event.recorded_at,
        recorded_by=related(event, "recorded_by"),
    )
