"""The dated steps of a case, each with its source."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from cases import clock
from cases.models import Individual, StatusEvent
from cases.models.gate import Gated
from cases.queries import merges
from cases.queries.claims import claimant_of
from cases.rules.dates import in_words
from cases.rules.status import TERMS, needs_second_person
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
    is_corrected: bool
    is_late: bool
    """Put into the past of the case without moving it."""
    happened: tuple[date, datetime]
    """What the steps are ordered by: the day it was, or else was recorded; then the recording."""
    recorded_at: datetime
    recorded_by: str
    case: str
    """Another case that was merged into this one, where the step was recorded there."""

    @property
    def needs_second_person(self) -> bool:
        """Whether it takes two to set this step right, whatever with."""
        return needs_second_person(self.axis, self.value, self.value)


def of(person: Individual) -> tuple[Step, ...]:
    """Read the steps of a case and of those merged into it, the latest first.

    In a fixed number of queries. They stand by the day on which they were; one without a day that
    is known, or that the reader may read, stands by the day on which it was recorded.
    """
    cases = {one.pk: str(one) for one in merges.whole(person)}
    rows = list(_steps(cases))
    wrong = {row.corrects_id for row in rows}
    steps = [_step(row, cases, person, is_corrected=row.pk in wrong) for row in rows]
    return tuple(sorted(steps, key=lambda step: step.happened, reverse=True))


def read(record: Gated, name: str, empty: T) -> Any | T:
    """Give a field or a related row; ``empty`` where the gate left it out."""
    return empty if name in record.unread_fields() else getattr(record, name)


def related(record: Gated, name: str) -> str:
    """Give a related row in words; nothing where the gate left it out."""
    return str(read(record, name, None) or "")


def label_of(record: Gated, name: str) -> str:
    """Give a term in words; nothing where the gate left it out."""
    return "" if name in record.unread_fields() else getattr(record, f"get_{name}_display")()


def _steps(cases: Collection[UUID]) -> Iterable[StatusEvent]:
    told = "statement__"
    return (
        StatusEvent.objects.filter(individual__in=cases)
        .prefetch_related(
            "place",
            "recorded_by",
            f"{told}speakers__official",
            f"{told}speakers__body",
            f"{told}speakers__contact",
            f"{told}citations__report__publisher",
        )
        .order_by("-recorded_at", "pk")
    )


def _step(event: Any, cases: Mapping[UUID, str], person: Individual, *, is_corrected: bool) -> Step:
    statement = read(event, "statement", None)
    terms = TERMS[Axis(event.axis)]
    before, after = read(event, "from_status", ""), read(event, "to_status", "")
    reports = [citation.report for citation in statement.citations.all()] if statement else []
    occurred = read(event, "occurred_edtf", "")
    recorded_on = clock.day_of(event.recorded_at)
    return Step(
        id=event.pk,
        axis=event.axis,
        before=str(terms(before).label) if before else "",
        after=str(terms(after).label) if after else _("A step"),
        value=after,
        occurred=in_words(occurred) if occurred else "",
        place=related(event, "place"),
        observation=read(event, "observation", ""),
        statement_id=statement.pk if statement else None,
        statement=statement.summary if statement else "",
        claimant=claimant_of(statement, ()).label if statement else "",
        reports=tuple((report.pk, report.code) for report in reports),
        corrects=event.corrects_id,
        is_corrected=is_corrected,
        is_late=not event.moves and event.corrects_id is None,
        happened=(read(event, "occurred_earliest", recorded_on) or recorded_on, event.recorded_at),
        recorded_at=event.recorded_at,
        recorded_by=related(event, "recorded_by"),
        case="" if event.individual_id == person.pk else cases[event.individual_id],
    )
