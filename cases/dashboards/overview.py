"""The overview: who is still outstanding, who says so, what came in, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.pages import page
from cases.queries import overview
from cases.queries.caseload import OwnCount
from cases.queries.discrepancies import Contradiction
from cases.queries.overview import Standing
from cases.queries.returns import Headcount, Return
from cases.vocabulary.counts import DiscrepancyState


@dataclass(frozen=True)
class Panel:
    """One population."""

    code: str
    title: str
    cards: tuple[Card, ...]
    spread: str
    own: OwnCount | None
    open_discrepancies: int


@dataclass(frozen=True)
class Arrival:
    """One return and the headcounts claimed of it."""

    batch: Return
    headcounts: tuple[tuple[Card, Headcount], ...]


@dataclass(frozen=True)
class Dispute:
    """A contradiction in a line: each version once, with the figure it is, if it is one."""

    id: UUID
    title: str
    kind: str
    sides: int
    origins: int
    recorded_at: datetime
    versions: tuple[tuple[str, UUID | None], ...]


@page("overview.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show the overview."""
    forms.nothing(request.GET)
    seen = overview.overview()
    return {
        "seen": seen,
        "panels": [_panel(standing) for standing in seen.standings],
        "latest": [card(claim, seen.on) for claim in seen.latest],
        "contradictions": [_dispute(one) for one in seen.contradictions],
        "arrivals": [
            Arrival(batch, tuple((card(head.claim, seen.on), head) for head in batch.headcounts))
            for batch in seen.returns
        ],
        "is_anything_recorded": any(tally.number for tally in seen.recorded),
    }


def _panel(standing: Standing) -> Panel:
    answer = standing.claims
    return Panel(
        code=answer.population.code,
        title=answer.population.title,
        cards=tuple(card(series.latest, answer.valid_at) for series in answer.series),
        spread=overview.spread_in_words(answer.series),
        own=standing.own,
        open_discrepancies=len(_open(answer.discrepancies)),
    )


def _dispute(one: Contradiction) -> Dispute:
    versions: dict[str, UUID | None] = {}
    for side in one.sides:
        versions.setdefault(side.version_text, side.claim.id if side.claim else None)
    return Dispute(
        id=one.id,
        title=one.title,
        kind=str(one.kind.label),
        sides=len(one.sides),
        origins=one.origins,
        recorded_at=one.recorded_at,
        versions=tuple(versions.items()),
    )


def _open(contradictions: tuple[Contradiction, ...]) -> list[Contradiction]:
    return [one for one in contradictions if one.state == DiscrepancyState.OPEN]
