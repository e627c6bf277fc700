"""Which cases are due to be anonymised, and what stops it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from cases import clock
from cases.access.gate import System, acting_as, current_actor
from cases.models import (
    Anonymisation,
    Consent,
    Grant,
    Individual,
    LegalHold,
    Merge,
    Referral,
    RetentionPeriod as Period,
    TracingRequest,
)
from cases.queries.hanging import hanging_on_people
from cases.queries.merges import STANDING
from cases.rules import retention
from cases.vocabulary.retention import AnonymisationState

MOST_DUE = 100
_IS_NO_ACTIVITY = (Anonymisation, LegalHold)
_AT_ONCE = 200
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Due:
    """One case whose clocks have all run out."""

    id: UUID
    case_number: str
    work_status: str
    last_activity: date
    due_on: date
    held_until: date | None
    proposal_id: UUID | None


@dataclass(frozen=True)
class DueList:
    """The cases that are due, the longest untouched first; ``has_more`` where some were left."""

    on: date
    rows: tuple[Due, ...]
    has_more: bool


def due(on: date | None = None) -> DueList:
    """List the cases of the own organisation that are due on a day."""
    day = on or clock.today()
    own = _own_periods()
    shortest = min({**retention.PERIODS, **own}.values())
    before = clock.now() - timedelta(days=shortest)
    found: list[Due] = []
    looked_at = 0
    for people in _pages(before):
        looked_at += len(people)
        found += _due_among(people, own, day)
        if len(found) > MOST_DUE or looked_at >= _LOOKED_AT:
            return DueList(day, tuple(found[:MOST_DUE]), has_more=True)
    return DueList(day, tuple(found), has_more=False)


def live_hold(person: Individual) -> LegalHold | None:
    """Give the legal hold that stands longest, if one does."""
    rows = LegalHold.objects.filter(
        individual=person, lifted_at__isnull=True, until__gte=clock.today()
    )
    return rows.order_by("-until", "pk").first()


def _own_periods() -> dict[tuple[str, str], int]:
    rows = Period.objects.filter(organisation=current_actor().organisation_id)
    return {(row.purpose, row.work_status): row.days for row in rows}


def _pages(before: datetime) -> Iterator[Sequence[Individual]]:
    """Give the own cases untouched since a moment, a page at a time."""
    rows = Individual.objects.filter(
        organisation=current_actor().organisation_id,
        anonymised_at__isnull=True,
        updated_at__lte=before,
    )
    merged = Merge.objects.filter(STANDING).values("duplicate")
    rows = rows.exclude(pk__in=merged).order_by("updated_at", "pk")
    page = list(rows[:_AT_ONCE])
    while page:
        yield page
        last = page[-1]
        after = Q(updated_at__gt=last.updated_at) | Q(updated_at=last.updated_at, pk__gt=last.pk)
        page = list(rows.filter(after)[:_AT_ONCE])


def _due_among(
    people: Sequence[Individual], own: Mapping[tuple[str, str], int], day: date
) -> Iterable[Due]:
    keys = [person.pk for person in people]
    touched, purposes = _last_activity(people), _purposes(keys)
    holds = dict(
        LegalHold.objects.filter(individual__in=keys, lifted_at__isnull=True, until__gte=day)
        .order_by("until")
        .values_list("individual", "until")
    )
    proposals = dict(
        Anonymisation.objects.filter(
            individual__in=keys, state=AnonymisationState.PROPOSED
        ).values_list("individual", "pk")
    )
    for person in people:
        last = touched[person.pk].date()
        when = retention.due_on(last, person.work_status, purposes.get(person.pk, ()), own)
        if when <= day:
            yield Due(
                id=person.pk,
                case_number=person.case_number,
                work_status=person.get_work_status_display(),
                last_activity=last,
                due_on=when,
                held_until=holds.get(person.pk),
                proposal_id=proposals.get(person.pk),
            )


def _last_activity(people: Sequence[Individual]) -> dict[UUID, datetime]:
    """Give when each case, or anything that hangs on it, was last written."""
    found = {person.pk: person.updated_at for person in people}
    with acting_as(System("asking when a case was last touched")):
        models = {*hanging_on_people(), Grant, Referral, TracingRequest}
        for model in models.difference(_IS_NO_ACTIVITY):
            rows = model.objects.filter(individual__in=list(found)).order_by()
            for key, last in rows.values_list("individual").annotate(last=Max("updated_at")):
                found[key] = max(found[key], last)
    return found


def _purposes(keys: Sequence[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for row in Consent.objects.filter(individual__in=keys):
        if row.is_live:
            found.setdefault(row.individual_id, set()).add(row.purpose)
    return found
