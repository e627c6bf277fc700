"""Whom a tracing request may mean."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.access.gate import System, acting_as
from cases.models import Individual, TracingCandidate, TracingRequest as Request
from cases.queries import names
from cases.queries.names import Match
from cases.queries.timeline import read
from cases.rules import dates, tracing, tracing_words
from cases.rules.names import ranking
from cases.rules.names.ranking import Wanted
from cases.vocabulary.status import ReturnStatus
from cases.vocabulary.tracing_work import CandidateState

MOST_NAMES = 4
"""Of the names of one request, asked one by one."""
MOST_SHOWN = 10


def matches(request: Request) -> tuple[Match, ...]:
    """Find the own cases within sight that the names of a request may mean, the likeliest first.

    A case that stands proposed, confirmed or rejected for the request is not offered again.
    """
    known = _standing(request)
    best: dict[UUID, Match] = {}
    for text in tracing_words.lines(read(request, "sought_names", ""))[:MOST_NAMES]:
        for match in names.find(text, wanted=_wanted(request), limit=MOST_SHOWN + len(known)):
            held = best.get(match.person.pk)
            if held is None or match.score > held.score:
                best[match.person.pk] = match
    offered = [one for key, one in best.items() if key not in known and _may_be(one, request)]
    offered.sort(key=lambda match: (-match.score, str(match.person.pk)))
    return tuple(offered[:MOST_SHOWN])


def match_of(request: Request, person: Individual) -> Match | None:
    """Say how the search for names leads from a request to a person; nothing where it does not."""
    return next((one for one in matches(request) if one.person.pk == person.pk), None)


def _standing(request: Request) -> frozenset[UUID]:
    with acting_as(System("asking who was considered for a request")):
        rows = TracingCandidate.objects.filter(request=request.pk, state__in=tracing.STANDING)
        return frozenset(rows.values_list("individual", flat=True))


def _wanted(request: Any) -> Wanted:
    places = {request.home_place_id, request.last_known_place_id} - {None}
    return Wanted(
        sex=request.sex,
        born=ranking.born(request.age_as_stated, *dates.bounds(request.age_as_of_edtf)),
        places=frozenset(places),
    )


def _may_be(match: Match, request: Request) -> bool:
    """Leave out another organisation's people, and cases that are a duplicate of another."""
    person = match.person
    is_own = person.organisation_id == request.organisation_id
    return is_own and person.return_status != ReturnStatus.DUPLICATE


def waiting(request: Request) -> QuerySet[TracingCandidate]:
    """Give the cases that wait for a decision on a request."""
    rows = TracingCandidate.objects.filter(request=request.pk, state=CandidateState.PROPOSED)
    return rows.order_by("recorded_at", "pk")


def contradicting(kept: Individual, duplicate: Individual) -> bool:
    """Say whether one of two cases is confirmed for a request for which the other is rejected."""
    rows = TracingCandidate.objects.filter(individual__in=[kept.pk, duplicate.pk])
    stood = set(rows.values_list("request", "state"))
    return any((request, CandidateState.REJECTED) in stood
               for request, state in stood if state == CandidateState.CONFIRMED)  # fmt: skip
