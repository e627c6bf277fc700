"""Contradictions with all their sides, sources and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from cases.models import Discrepancy, DiscrepancyMember, Population, ReportedCount
from cases.queries.claims import Claim, ReportRef, claim_of, claimant_of, report_ref
from cases.rules.dates import in_words
from cases.vocabulary.counts import DiscrepancyKind, DiscrepancyState

_LISTED = 100


@dataclass(frozen=True)
class Side:
    """One version, who gives it and where."""

    version_text: str
    claimant: str
    said: str
    statement_id: UUID
    reports: tuple[ReportRef, ...]
    claim: Claim | None


@dataclass(frozen=True)
class Contradiction:
    """A discrepancy as faces show it."""

    id: UUID
    title: str
    kind: DiscrepancyKind
    state: DiscrepancyState
    rationale: str
    is_automatic: bool
    recorded_at: datetime
    sides: tuple[Side, ...]

    @property
    def origins(self) -> int:
        """How many statements speak; corroboration counts origins, not articles."""
        return len({side.statement_id for side in self.sides})


@dataclass(frozen=True)
class Review:
    """Contradictions in one state, the latest first, and how many there are in each."""

    listed: tuple[Contradiction, ...]
    numbers: tuple[tuple[DiscrepancyState, int], ...]
    is_cut: bool


def in_state(state: DiscrepancyState) -> Review:
    """List the contradictions of all kinds that are in ``state``, as many as a page holds."""
    counted = Discrepancy.objects.order_by().values_list("state").annotate(Count("pk"))
    numbers = dict(counted)
    rows = Discrepancy.objects.filter(state=state).order_by("-recorded_at", "pk")
    return Review(
        listed=tuple(read(rows[:_LISTED])),
        numbers=tuple((term, numbers.get(term.value, 0)) for term in DiscrepancyState),
        is_cut=numbers.get(state.value, 0) > _LISTED,
    )


def about(population: Population, *, known_at: datetime) -> list[Contradiction]:
    """List the contradictions between figures for a population, the open ones first."""
    return about_each([population], known_at=known_at).get(population.pk, [])


def about_each(
    populations: Iterable[Population], *, known_at: datetime
) -> dict[UUID, list[Contradiction]]:
    """Give each population its contradictions, in a fixed number of queries.

    Which population one is about, the reader learns from figures within their reach alone.
    """
    counts = ReportedCount.objects.filter(population__in=list(populations))
    members = DiscrepancyMember.objects.filter(count__in=counts)
    rows = Discrepancy.objects.filter(
        pk__in=members.values("discrepancy"), recorded_at__lte=known_at
    )
    concerned: dict[UUID, set[UUID]] = {}
    for key, population in members.values_list("discrepancy", "count__population"):
        concerned.setdefault(key, set()).add(population)
    found: dict[UUID, list[Contradiction]] = {}
    for contradiction in read(rows):
        for population in concerned.get(contradiction.id, ()):
            found.setdefault(population, []).append(contradiction)
    return found


def read(rows: "QuerySet[Discrepancy]") -> list[Contradiction]:
    """Read discrepancies with their sides, in a fixed number of queries; open ones first."""
    prefetched = rows.prefetch_related(
        *(
            f"members__{path}__{relation}"
            for path in ("statement", "count__statement")
            for relation in (
                "speakers__official",
                "speakers__body",
                "speakers__contact",
                "citations__report__publisher",
            )
        ),
        "members__count__population",
    )
    found = [_contradiction(row) for row in prefetched]
    return sorted(found, key=lambda c: (c.state != DiscrepancyState.OPEN, c.title, str(c.id)))


def _contradiction(row: Discrepancy) -> Contradiction:
    return Contradiction(
        id=row.pk,
        title=row.title,
        kind=DiscrepancyKind(row.kind),
        state=DiscrepancyState(row.state),
        rationale=row.rationale,
        is_automatic=row.is_automatic,
        recorded_at=row.recorded_at,
        sides=tuple(_side(member) for member in row.members.all()),
    )


def _side(member: DiscrepancyMember) -> Side:
    statement = member.statement
    reports = tuple(report_ref(citation.report) for citation in statement.citations.all())
    return Side(
        version_text=member.version_text,
        claimant=claimant_of(statement, reports).label,
        said=in_words(statement.said_edtf),
        statement_id=statement.pk,
        reports=reports,
        claim=claim_of(member.count) if member.count else None,
    )
