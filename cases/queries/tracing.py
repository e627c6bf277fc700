"""Who may be meant by a tracing request, who is looked for, and which requests lie still."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cases.access.gate import System, acting_as, current_actor
from cases.models import Contact, FamilyLink, Individual, Speaker, TracingAction, TracingCandidate
from cases.models import TracingRequest as Request
from cases.queries import names
from cases.queries.individuals import names_of
from cases.queries.names import Match
from cases.queries.timeline import label_of, read, related
from cases.rules import dates, tracing
from cases.rules.dates import in_words
from cases.rules.names import ranking
from cases.rules.names.ranking import Wanted
from cases.rules.reminders import CONTACT_WITHIN, SHORTEST_SILENCE
from cases.vocabulary.status import ReturnStatus
from cases.vocabulary.tracing import CandidateState, TracingState

MOST_NAMES = 4
"""Of the names of one request, asked one by one."""
MOST_SHOWN = 10
MOST_SILENT = 20
_OPEN = ~Q(state=TracingState.CLOSED)


def matches(request: Request) -> tuple[Match, ...]:
    """Find the own cases within sight that the names of a request may mean, the likeliest first.

    A case that stands proposed, confirmed or rejected for the request is not offered again.
    """
    known = _standing(request)
    best: dict[UUID, Match] = {}
    for text in tracing.lines(read(request, "sought_names", ""))[:MOST_NAMES]:
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


def is_looked_for(person: Individual) -> bool:
    """Say whether a request that is not closed leads to a person, or may: seen or unseen."""
    with acting_as(System("asking who is looked for")):
        proposed = TracingCandidate.objects.filter(
            individual=person.pk, state=CandidateState.PROPOSED
        )
        return Request.objects.filter(_OPEN, individual=person.pk).exists() or proposed.exists()


def contradicting(kept: Individual, duplicate: Individual) -> bool:
    """Say whether one of two cases is confirmed for a request for which the other is rejected."""
    rows = TracingCandidate.objects.filter(individual__in=[kept.pk, duplicate.pk])
    stood = set(rows.values_list("request", "state"))
    return any((request, CandidateState.REJECTED) in stood
               for request, state in stood if state == CandidateState.CONFIRMED)  # fmt: skip


def enquirers_of_nobody_else(request: Request) -> list[Contact]:
    """Give whoever asks in a request, if they are kept for nothing else."""
    asking = Contact.objects.filter(tracing_requests=request.pk)
    elsewhere = Request.objects.exclude(pk=request.pk).filter(enquirer__isnull=False)
    ties = FamilyLink.objects.filter(contact__isnull=False)
    told = Speaker.objects.filter(contact__isnull=False)
    alone = (
        asking.exclude(pk__in=elsewhere.values("enquirer"))
        .exclude(pk__in=ties.values("contact"))
        .exclude(pk__in=told.values("contact"))
    )
    return list(alone.order_by("pk"))


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
    return tuple(map(_may, rows.order_by("-recorded_at", "-pk")))


def _may(row: Any) -> MayBe:
    person = read(row, "individual", None)
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


@dataclass(frozen=True)
class Silent:
    """A request for which nothing was done for longer than its priority allows."""

    id: UUID
    number: str
    since: date


def silent(*, on: date) -> tuple[Silent, ...]:
    """List the actor's own requests that lie still, the longest first."""
    hidden = Request.masked_for_actor()
    if hidden & {"assigned_to", "priority"}:
        return ()
    mine = Request.objects.filter(_OPEN, assigned_to=current_actor().user_id)
    recent = TracingAction.objects.filter(
        request=OuterRef("pk"), recorded_at__date__gt=on - SHORTEST_SILENCE
    )
    rows = list(mine.exclude(Exists(recent)).order_by("recorded_at", "pk"))
    last = _last_actions(row.pk for row in rows)
    found = [(last.get(row.pk, row.recorded_at).date(), row) for row in rows]
    still = [(since, row) for since, row in found if since + _within(row) <= on]
    still.sort(key=lambda pair: (pair[0], pair[1].number))
    return tuple(Silent(row.pk, row.number, since) for since, row in still[:MOST_SILENT])


def _within(row: Request) -> timedelta:
    return CONTACT_WITHIN[row.priority]


def _last_actions(keys: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = TracingAction.objects.filter(request__in=list(keys)).order_by()
    return dict(rows.values_list("request").annotate(Max("recorded_at")))


def due_to_forget(*, on: date, after: timedelta) -> Iterator[Request]:
    """Give the own requests that were closed so long ago that nobody needs who asked."""
    rows = Request.objects.filter(
        organisation=current_actor().organisation_id,
        state=TracingState.CLOSED,
        anonymised_at__isnull=True,
        closed_at__date__lte=on - after,
    )
    yield from rows.order_by("closed_at", "pk")[:MOST_SILENT]
