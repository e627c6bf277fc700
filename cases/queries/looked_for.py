"""Who is looked for, and what stands in the way of what would end that."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.access.gate import System, acting_as
from cases.models import Individual, TracingCandidate
from cases.models import TracingRequest as Request
from cases.rules.dates import in_words
from cases.vocabulary.tracing import TracingState
from cases.vocabulary.tracing_work import CandidateState

OPEN = ~Q(state=TracingState.CLOSED)


def is_looked_for(person: Individual) -> bool:
    """Say whether a request that is not closed leads to a person, or may: seen or unseen."""
    with acting_as(System("asking who is looked for")):
        proposed = TracingCandidate.objects.filter(
            individual=person.pk, state=CandidateState.PROPOSED
        )
        return Request.objects.filter(OPEN, individual=person.pk).exists() or proposed.exists()


def contradicting(kept: Individual, duplicate: Individual) -> bool:
    """Say whether one of two cases is confirmed for a request for which the other is rejected."""
    rows = TracingCandidate.objects.filter(individual__in=[kept.pk, duplicate.pk])
    stood = set(rows.values_list("request", "state"))
    return any((request, CandidateState.REJECTED) in stood
               for request, state in stood if state == CandidateState.CONFIRMED)  # fmt: skip


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
