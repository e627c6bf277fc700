"""What was done for a tracing request, and who was considered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from cases.models import Individual, TracingAction, TracingCandidate, TracingRequest as Request
from cases.queries.individuals import names_of
from cases.queries.timeline import label_of, read, related
from cases.rules.dates import in_words


@dataclass(frozen=True)
class Done:
    """Something that was done for a request."""

    id: UUID
    kind: str
    when: str
    by: str
    body: str
    text: str
    result: str
    recorded_at: datetime
    corrects: bool
    is_corrected: bool


@dataclass(frozen=True)
class MayBe:
    """A case that may be the person, and what was decided."""

    row: TracingCandidate
    person: Individual | None
    names: str
    reasons: str
    why: str
    state: str
    decided_by: str
    decision_reason: str


def actions_of(request: Request) -> tuple[Done, ...]:
    """Read what was done for a request, the latest first."""
    rows = TracingAction.objects.filter(request=request.pk).prefetch_related("done_by", "body")
    found = list(rows.order_by("-recorded_at", "-pk"))
    corrected = {row.corrects_id for row in found}
    return tuple(_done(row, is_corrected=row.pk in corrected) for row in found)


def _done(row: Any, *, is_corrected: bool) -> Done:
    when = read(row, "done_edtf", "")
    return Done(
        id=row.pk,
        kind=label_of(row, "kind"),
        when=in_words(when) if when else "",
        by=related(row, "done_by"),
        body=related(row, "body"),
        text=read(row, "text", ""),
        result=read(row, "result", ""),
        recorded_at=row.recorded_at,
        corrects=row.corrects_id is not None,
        is_corrected=is_corrected,
    )


def candidates_of(request: Request) -> tuple[MayBe, ...]:
    """Read who was considered for a request, the latest first."""
    rows = TracingCandidate.objects.filter(request=request.pk)
    rows = rows.prefetch_related("individual__names", "decided_by")
    found = list(rows.order_by("-recorded_at", "-pk"))
    for row in found:
        row.request = request
    return tuple(map(_may, found))


def _may(row: Any) -> MayBe:
    person = _person(row)
    return MayBe(
        row=row,
        person=person,
        names=names_of(person) if person else "",
        reasons=read(row, "reasons", ""),
        why=read(row, "why", ""),
        state=row.get_state_display(),
        decided_by=related(row, "decided_by"),
        decision_reason=read(row, "decision_reason", ""),
    )


def _person(row: Any) -> Individual | None:
    """Give the case; nothing where it has passed to another organisation since."""
    try:
        found: Individual | None = read(row, "individual", None)
    except ObjectDoesNotExist:
        return None
    return found
