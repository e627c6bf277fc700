"""Contradictions with all their sides, sources and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Discrepancy, DiscrepancyMember, Population
from cases.queries.claims import Claim, ReportRef, claim_of, claimant_of, report_ref
from cases.rules.dates import in_words
from cases.vocabulary.counts import DiscrepancyKind, DiscrepancyState


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


def about(population: Population, *, known_at: datetime) -> list[Contradiction]:
    """List the contradictions between figures for a population, the open ones first."""
    return about_each([population], known_at=known_at).get(population.pk, [])


def about_each(
    populations: Iterable[Population], *, known_at: datetime
) -> dict[UUID, list[Contradiction]]:
    """Give each population its contradictions, in a fixed number of queries."""
    rows = Discrepancy.objects.filter(
        members__count__population__in=list(populations), recorded_at__lte=known_at
    ).distinct()
    concerned = set(rows.values_list("pk", "members__count__population"))
    found: dict[UUID, list[Contradiction]] = {}
    for contradiction in read(rows):
        for key, population in concerned:
            if key == contradiction.id:
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
