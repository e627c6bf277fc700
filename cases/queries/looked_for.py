"""Who is looked for, and what stands in the way of what would end that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.access.gate import System, acting_as
from cases.models import Individual, TracingAction, TracingCandidate, TracingRequest as Request
from cases.rules.dates import in_words
from cases.vocabulary.tracing import TracingState
from cases.vocabulary.tracing_work import CandidateState, TracingActionKind

_TELLS = (TracingActionKind.ASKED_BODY, TracingActionKind.TOLD_ENQUIRER)
OPEN = ~Q(state=TracingState.CLOSED)


def is_looked_for(person: Individual) -> bool:
    """Say whether a request that is not closed leads to a person, or may: seen or unseen."""
    with acting_as(System("asking who is looked for")):
        proposed = TracingCandidate.objects.filter(
            individual=person.pk, state=CandidateState.PROPOSED
        )
        return Request.objects.filter(OPEN, individual=person.pk).exists() or proposed.exists()


@dataclass(frozen=True)
class LookedFor:
    """A request that leads to a person, or may: its number, and no word of who asks."""

    id: UUID
    number: str
    state: str
    asked: str
    is_proposed: bool


def looked_for(person: Individual) -> tuple[LookedFor, ...]:
    """List the requests of the own organisation that lead to a person, or may."""
    if "individual" in Request.masked_for_actor():
        return ()
    rows = Request.objects.filter(individual=person.pk).order_by("-recorded_at", "pk")
    proposed = (
        TracingCandidate.objects.filter(individual=person.pk, state=CandidateState.PROPOSED)
        .prefetch_related("request")
        .order_by("-recorded_at", "pk")
    )
    found = [_looked_for(row, is_proposed=False) for row in rows]
    found += [_looked_for(row.request, is_proposed=True) for row in proposed]
    return tuple(found)


def _looked_for(request: Any, *, is_proposed: bool) -> LookedFor:
    asked = request.asked_edtf
    return LookedFor(
        id=request.pk,
        number=request.number,
        state=request.get_state_display(),
        asked=in_words(asked) if asked else "",
        is_proposed=is_proposed,
    )


def told_of(person: Individual) -> Iterator[tuple[datetime, str, str]]:
    """Say when somebody was told of a person in looking for them: when, who, and what."""
    rows = TracingAction.objects.filter(request__individual=person.pk, kind__in=_TELLS)
    for row in rows.select_related("request", "body").order_by("recorded_at", "pk"):
        asks = _("whoever asks in %(number)s") % {"number": row.request.number}
        yield row.recorded_at, str(row.body or asks), row.get_kind_display()
