"""Which cases may be of one person, and which pairs wait for somebody to say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import (
    DuplicateDecision,
    Individual,
    IndividualName,
    LikelyPair,
    Merge,
    Organisation,
)
from cases.models.duplicates import MOST_LIKENESS
from cases.queries import merges, names
from cases.queries.merges import STANDING
from cases.rules import dates
from cases.rules.names.ranking import ANYBODY, NOT_KNOWN, Wanted, born as years_of_birth
from cases.rules.names.sounds import words
from cases.vocabulary.duplicates import Verdict
from cases.vocabulary.individuals import NamePart
from cases.vocabulary.status import ReturnStatus

LIKELY = 0.85
"""From here on a match is worth somebody's look."""
MOST_SHOWN = 10
MOST_TEXTS = 4
"""Of one person's names, asked one by one."""
MOST_WAITING = 1_000
_PARTS = (NamePart.GIVEN, NamePart.PATRONYMIC, NamePart.FAMILY)
_IN_FORCE = Q(superseded_at__isnull=True)


@dataclass(frozen=True)
class Candidate:
    """A case that may be of the same person: how alike it looks, of 100, and why."""

    person: Individual
    likeness: int
    reasons: tuple[str, ...]
    names: tuple[str, ...]


def among(
    texts: Iterable[str], wanted: Wanted = ANYBODY, *, apart: frozenset[UUID] = frozenset()
) -> tuple[Candidate, ...]:
    """Find the cases within sight that some names may mean, the likest first.

    Those that are duplicates already, and those known to be somebody else, are not offered.
    """
    best: dict[UUID, names.Match] = {}
    for text in list(dict.fromkeys(texts))[:MOST_TEXTS]:
        for match in names.find(text, wanted=wanted, limit=MOST_SHOWN + len(apart)):
            known = best.get(match.person.pk)
            if known is None or match.score > known.score:
                best[match.person.pk] = match
    offered = [
        match
        for pk, match in best.items()
        if match.score >= LIKELY and pk not in apart and not _is_duplicate(match.person)
    ]
    offered.sort(key=lambda match: (-match.score, str(match.person.pk)))
    return tuple(_candidate(match) for match in offered[:MOST_SHOWN])


def of(person: Individual, *, is_new: bool = False) -> tuple[Candidate, ...]:
    """Find cases of the same organisation that may be of the same person as one.

    ``is_new`` says that it was taken in just now: nobody can have told it from another yet.
    """
    if _is_duplicate(person):
        return ()
    texts, wanted = texts_of(person), _wanted(person)
    others = () if is_new else different(person)
    found = among(texts, wanted, apart=frozenset({person.pk, *others}))
    return tuple(one for one in found if one.person.organisation_id == person.organisation_id)


def changed(organisation: Organisation, since: datetime | None) -> list[UUID]:
    """List the cases of an organisation that were changed since a moment, or whose names were."""
    rows = Individual.objects.filter(organisation=organisation.pk)
    rows = rows.exclude(return_status=ReturnStatus.DUPLICATE)
    if since is not None:
        renamed = IndividualName.objects.filter(updated_at__gte=since).values("individual")
        rows = rows.filter(Q(updated_at__gte=since) | Q(pk__in=renamed))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def texts_of(person: Individual) -> list[str]:
    """Give the names of a person, those that are recorded in parts put together."""
    rows = IndividualName.objects.filter(IndividualName.readable("text"), individual=person.pk)
    whole: list[str] = []
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for name in rows.order_by("recorded_at", "pk"):
        if name.part == NamePart.FULL:
            whole.append(name.text)
        else:
            parts[name.language_tag].setdefault(name.part, name.text)
    joined = (" ".join(held[part] for part in _PARTS if part in held) for held in parts.values())
    return sorted([*whole, *joined], key=lambda text: len(words(text)) < 2)  # noqa: PLR2004 - a pair


def _wanted(person: Any) -> Wanted:
    places = {person.home_place_id, person.last_known_place_id} - {None}
    born = (person.birth_earliest, person.birth_latest)
    if born == NOT_KNOWN:
        born = years_of_birth(person.age_as_stated, *dates.bounds(person.age_as_of_edtf))
    return Wanted(
        sex=person.sex,
        born=born,
        places=frozenset(place for place in places if place),
    )


def different(person: Individual) -> frozenset[UUID]:
    """Give those whom somebody decided to be others than this person, or than a case merged in."""
    whole = merges.whole(person).values("pk")
    rows = DuplicateDecision.objects.filter(
        _IN_FORCE, Q(first__in=whole) | Q(second__in=whole), verdict=Verdict.DIFFERENT
    )
    others = {pk for pair in rows.values_list("first", "second") for pk in pair}
    into = Merge.objects.filter(STANDING, duplicate__in=others).values_list("individual", flat=True)
    own = set(merges.whole(person).values_list("pk", flat=True))
    return frozenset({*others, *into} - own)


def standing(one: Individual, other: Individual) -> DuplicateDecision | None:
    """Give the decision on a pair that is in force."""
    pair = Q(first=one.pk, second=other.pk) | Q(first=other.pk, second=one.pk)
    return DuplicateDecision.objects.filter(pair, _IN_FORCE).first()


def waiting() -> list[tuple[UUID, UUID]]:
    """List the pairs within sight on which nobody has decided, the likest first, up to a limit."""
    return list(_undecided().values_list("first_id", "second_id")[: MOST_WAITING + 1])


def waiting_with(person: Individual) -> list[Individual]:
    """List the cases that wait to be told from one, the likest first."""
    pairs = _undecided().filter(Q(first=person.pk) | Q(second=person.pk))
    rows = pairs.prefetch_related("first__names", "second__names")[:MOST_SHOWN]
    return [row.second if row.first_id == person.pk else row.first for row in rows]


def to_merge() -> list[DuplicateDecision]:
    """List the pairs decided to be of one person, and not merged yet."""
    rows = DuplicateDecision.objects.filter(_IN_FORCE, verdict=Verdict.SAME)
    pairs = _of_two_cases(rows).prefetch_related("first__names", "second__names")
    return list(pairs.order_by("-recorded_at", "pk")[:MOST_SHOWN])


def _undecided() -> QuerySet[LikelyPair]:
    decided = DuplicateDecision.objects.filter(
        _IN_FORCE, first=OuterRef("first"), second=OuterRef("second")
    )
    rows = LikelyPair.objects.filter(~Exists(decided))
    return _of_two_cases(rows).order_by("-likeness", "pk")


def _of_two_cases(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out the pairs of which one is a duplicate by now, or kept by somebody else."""
    own = Individual.objects.filter(organisation=OuterRef("organisation"))
    live = own.exclude(return_status=ReturnStatus.DUPLICATE)
    return rows.filter(
        Exists(live.filter(pk=OuterRef("first"))), Exists(live.filter(pk=OuterRef("second")))
    )


def _is_duplicate(person: Individual) -> bool:
    hidden = "return_status" in person.unread_fields()
    return not hidden and person.return_status == ReturnStatus.DUPLICATE


def _candidate(match: names.Match) -> Candidate:
    likeness = round(match.score * MOST_LIKENESS)
    return Candidate(match.person, likeness, match.reasons, match.names)
