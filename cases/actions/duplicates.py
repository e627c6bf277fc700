"""Deciding whether two cases are of one person, and finding those that may be."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases import clock
from cases.access.actor import Actor, AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import DuplicateDecision, Individual, LikelyPair, Organisation
from cases.queries import duplicates as queries
from cases.rules.duplicates import in_order
from cases.vocabulary.organisations import Role

DECIDE = Act.MERGE_CASES


@transaction.atomic
def decide(
    individual: Individual,
    *,
    by: AnyActor,
    other: Individual,
    verdict: str,
    reason: str = "",
    version: int | None = None,
) -> DuplicateDecision:
    """Say of two cases that they are of one person, or of two; an earlier word is superseded.

    :raises PermissionDenied: where one of the two is another organisation's.
    :raises ValidationError: for a case and itself, and for one that was merged.
    """
    require(by, DECIDE)
    pair = in_order(individual.pk, other.pk)
    recording.hold(Individual, *pair)  # two decisions at once would both stand
    recording.compare(individual, version)
    people = {person.pk: person for person in (individual, other)}
    for person in people.values():
        recording.require_own(by, person)
        recording.require_kept_together(individual, person)
    first, second = (people[key] for key in pair)
    for earlier in DuplicateDecision.objects.filter(
        first=first, second=second, superseded_at__isnull=True
    ):
        recording.amend(earlier, by=by, act=DECIDE, version=None, superseded_at=clock.now())
    return recording.add(
        DuplicateDecision,
        by=by,
        act=DECIDE,
        organisation=individual.organisation,
        first=first,
        second=second,
        verdict=verdict,
        reason=reason,
    )


@dataclass
class Found:
    """How many cases were looked at, and how many likely pairs they are in."""

    people: int = 0
    pairs: int = 0


@transaction.atomic
def find(people: Collection[UUID], *, by: AnyActor, organisation: Organisation) -> Found:
    """Bring the likely pairs of some cases in line with what is recorded of them."""
    require(by, DECIDE)
    found = Found()
    with acting_as(_eyes_of(organisation)):
        rows = Individual.objects.filter(pk__in=people, organisation=organisation.pk)
        likely = {person.pk: queries.of(person) for person in rows.order_by("pk")}
    with acting_as(System("keeping likely duplicates")):
        for pk, candidates in likely.items():
            found.people += 1
            found.pairs += _keep(pk, candidates, organisation)
    return found


def _eyes_of(organisation: Organisation) -> Actor:
    """Give somebody who sees what an organisation sees, and nothing of another's."""
    return Actor(
        user_id=organisation.pk,
        organisation_id=organisation.pk,
        role=Role.SUPERVISOR,
        is_cleared_for_restricted=True,
    )


def _keep(person: UUID, candidates: Iterable[queries.Candidate], organisation: Organisation) -> int:
    due = {in_order(person, one.person.pk): one.likeness for one in candidates}
    rows = LikelyPair.objects.filter(Q(first=person) | Q(second=person))
    stand = {(row.first_id, row.second_id): row for row in rows}
    gone = [row.pk for pair, row in stand.items() if pair not in due]
    LikelyPair.objects.filter(pk__in=gone).delete()
    LikelyPair.objects.bulk_create(
        (
            LikelyPair(organisation=organisation, first_id=one, second_id=other, likeness=likeness)
            for (one, other), likeness in due.items()
        ),
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["likeness", "found_at"],
    )
    return len(due)
