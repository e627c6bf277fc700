"""What the tracker has learned since a moment: figures that came, were replaced or withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Discrepancy, RepatriationBatch, ReportedCount, Statement
from cases.queries import discrepancies
from cases.queries.claims import Claim, ReportRef, claimant_of, claims_of, report_ref
from cases.queries.discrepancies import Contradiction
from cases.queries.takings import Moved, moved
from cases.vocabulary.batches import BatchKind, BatchStatus
from cases.vocabulary.counts import CountState, DiscrepancyState
from cases.vocabulary.reports import Modality

LISTED = 100
_ENDED = (CountState.SUPERSEDED, CountState.RETRACTED)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Event:
    """What became of a figure: when we learned it, why, and what took its place."""

    claim: Claim
    at: datetime
    reason: str = ""
    by: Claim | None = None


@dataclass(frozen=True)
class Said:
    """A statement that gives no figure: silence, refusal and denial are news too."""

    id: UUID
    claimant: str
    modality: Modality
    summary: str
    reports: tuple[ReportRef, ...]
    recorded_at: datetime


@dataclass(frozen=True)
class NewBatch:
    """A batch that was recorded."""

    id: UUID
    code: str
    title: str
    kind: BatchKind
    status: BatchStatus
    recorded_at: datetime


@dataclass(frozen=True)
class Learned:
    """All that changed between two moments, each kind the latest first, and what is cut."""

    since: datetime
    until: datetime
    new: tuple[Event, ...]
    superseded: tuple[Event, ...]
    retracted: tuple[Event, ...]
    reviewed: tuple[Event, ...]
    opened: tuple[Contradiction, ...]
    closed: tuple[Contradiction, ...]
    statements: tuple[Said, ...]
    batches: tuple[NewBatch, ...]
    taken: tuple[Moved, ...]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        kinds = (self.new, self.superseded, self.retracted, self.reviewed, self.opened)
        return not any((*kinds, self.closed, self.statements, self.batches))


def learned(since: datetime, until: datetime) -> Learned:
    """Read what changed, for whoever acts, in a fixed number of queries."""
    span = (since, until)
    figures = ReportedCount.objects.all()
    new = _events(figures.filter(**_in(span, "recorded_at")), "recorded_at")
    superseded = _events(figures.filter(**_in(span, "superseded_at")), "superseded_at")
    retracted = _events(figures.filter(**_in(span, "retracted_at")), "retracted_at")
    reviewed = _events(_reviewed(span), "updated_at")
    opened = Discrepancy.objects.filter(**_in(span, "recorded_at"))
    closed = Discrepancy.objects.filter(**_in(span, "updated_at")).exclude(
        state=DiscrepancyState.OPEN
    )
    statements, batches = _statements(span), _batches(span)
    found = Learned(
        since=since,
        until=until,
        new=tuple(one for one in new if one.claim.state not in _ENDED),
        superseded=tuple(_replaced(superseded)),
        retracted=tuple(retracted),
        reviewed=tuple(reviewed),
        opened=tuple(_read(opened, "-recorded_at")),
        closed=tuple(_read(closed, "-updated_at")),
        statements=statements,
        batches=batches,
        taken=moved(until),
        is_cut=False,
    )
    kinds: Sequence[Sequence[object]] = (
        new, superseded, retracted, reviewed, found.opened, found.closed, statements, batches
    )  # fmt: skip
    return replace(found, is_cut=any(len(kind) >= LISTED for kind in kinds))


def _in(span: Span, moment: str) -> dict[str, datetime]:
    return {f"{moment}__gt": span[0], f"{moment}__lte": span[1]}


def _reviewed(span: Span) -> "QuerySet[ReportedCount]":
    """Give the figures that were there before, count still, and were verified or disputed."""
    return ReportedCount.objects.filter(
        **_in(span, "updated_at"),
        recorded_at__lt=span[0],
        state__in=[CountState.VERIFIED, CountState.DISPUTED],
    )


def _events(rows: "QuerySet[ReportedCount]", moment: str) -> list[Event]:
    listed = rows.order_by(f"-{moment}", "pk")[:LISTED]
    told = {row.pk: (getattr(row, moment), row.retraction_reason) for row in listed}
    claims = {claim.id: claim for claim in claims_of(listed)}
    return [Event(claims[key], at, reason) for key, (at, reason) in told.items() if key in claims]


def _replaced(events: Sequence[Event]) -> Iterable[Event]:
    """Name what took the place of each figure, if the reader sees it."""
    keys = [event.claim.id for event in events]
    rows = ReportedCount.objects.filter(supersedes__in=keys)
    became = dict(rows.values_list("pk", "supersedes"))
    by = {became[claim.id]: claim for claim in claims_of(rows)}
    return [Event(event.claim, event.at, event.reason, by.get(event.claim.id)) for event in events]


def _read(rows: "QuerySet[Discrepancy]", order: str) -> list[Contradiction]:
    return discrepancies.read(rows.order_by(order, "pk")[:LISTED])


def _statements(span: Span) -> tuple[Said, ...]:
    rows = (
        Statement.objects.filter(**_in(span, "recorded_at"))
        .exclude(pk__in=ReportedCount.objects.values("statement"))
        .order_by("-recorded_at", "pk")
        .prefetch_related(
            "speakers__official", "speakers__body", "speakers__contact",
            "citations__report__publisher",
        )[:LISTED]
    )  # fmt: skip
    return tuple(_said(row) for row in rows)


def _said(row: Statement) -> Said:
    reports = tuple(report_ref(citation.report) for citation in row.citations.all())
    return Said(
        id=row.pk,
        claimant=claimant_of(row, reports).label,
        modality=Modality(row.modality),
        summary=row.summary,
        reports=tuple(sorted(reports, key=lambda report: report.code)),
        recorded_at=row.recorded_at,
    )


def _batches(span: Span) -> tuple[NewBatch, ...]:
    hidden = RepatriationBatch.masked_for_actor()
    rows = RepatriationBatch.objects.filter(**_in(span, "recorded_at"))
    return tuple(
        NewBatch(
            id=row.pk,
            code=row.code,
            title="" if "title" in hidden else row.title,
            kind=BatchKind(row.kind),
            status=BatchStatus(row.status),
            recorded_at=row.recorded_at,
        )
        for row in rows.order_by("-recorded_at", "pk")[:LISTED]
    )
