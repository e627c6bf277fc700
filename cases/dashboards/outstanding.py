"""The outstanding page: one population over time, by whose claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases import clock
from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.charts.bands import draw
from cases.dashboards.charts.geometry import Chart, Figure, Lane
from cases.dashboards.pages import page
from cases.models import Population
from cases.queries import bridge, overview, populations
from cases.queries.bridge import Comparison
from cases.queries.claims import Claim
from cases.queries.outstanding import Adopted, Outstanding, Series, outstanding
from cases.rules.dates import in_words
from cases.vocabulary.counts import BridgeVerdict

_WIDTHS = {"wide": 1080, "narrow": 340}


@dataclass(frozen=True)
class Step:
    """From one claim to the next, with the flows between."""

    start: Card
    end: Card
    verdict: BridgeVerdict
    words: str
    used: tuple[tuple[str, Card], ...]
    left_out: tuple[tuple[str, Card], ...]


@dataclass(frozen=True)
class AdoptedFigure:
    """What the reader's organisation adopted."""

    organisation: str
    figure: str
    as_of: str
    method: str


@page("outstanding.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show the claims about one population, the first listed unless one is asked for."""
    asked = forms.outstanding(request.GET)
    choices = populations.with_outstanding_claims()
    population = _chosen(asked.population, choices)
    if population is not None and population not in choices:
        choices.append(population)
    found = {"choices": choices, "asked": asked, "today": clock.today()}
    if population is None:
        return {**found, "answer": None}
    answer = outstanding(population, valid_at=asked.valid_at, known_at=asked.known_at)
    claims = [claim for series in answer.series for claim in series.claims]
    steps = bridge.chain(population, claims, known_at=answer.known_at)
    return {
        **found,
        "answer": answer,
        "lanes": [_cards(series, answer) for series in answer.series],
        "charts": _charts(answer, steps),
        "spread": overview.spread_in_words(answer.series),
        "adopted": _adopted(answer.adopted),
        "steps": [_step(step, answer) for step in steps],
        "undated": [card(claim, answer.valid_at) for claim in claims if not claim.as_of_earliest],
    }


def _chosen(code: str | None, choices: Sequence[Population]) -> Population | None:
    if code is None:
        return choices[0] if choices else None
    found = populations.of_code(code)
    if found is None:
        raise Http404(forms.NO_POPULATION)
    return found


def _cards(series: Series, answer: Outstanding) -> tuple[Card, ...]:
    return tuple(card(claim, answer.valid_at) for claim in reversed(series.claims))


def _charts(answer: Outstanding, steps: Sequence[Comparison]) -> list[Chart]:
    """Draw it twice, for wide and for narrow screens; the style sheet shows one."""
    lanes = [
        Lane(series.claimant.label, tuple(_figure(claim) for claim in series.claims))
        for series in answer.series
    ]
    flows = {flow.claim.id: flow.claim for step in steps for flow in step.used}
    events = [_figure(claim) for claim in flows.values()]
    if not lanes:
        return []
    return [
        draw(key, lanes, events, day=answer.valid_at, width=width) for key, width in _WIDTHS.items()
    ]


def _figure(claim: Claim) -> Figure:
    return Figure(
        id=str(claim.id),
        text=claim.stated_text,
        interval=claim.interval,
        value=claim.value,
        earliest=claim.as_of_earliest,
        # What was recorded on a day cannot be about a later one, however open its date.
        latest=claim.last_day if claim.as_of else None,
        title=(
            f"{claim.stated_text}, {claim.claimant.label}: {claim.interval}, {claim.as_of_in_words}"
        ),
        is_unattributed=claim.claimant.is_unattributed,
    )


def _step(step: Comparison, answer: Outstanding) -> Step:
    on = answer.valid_at
    counts = (
        _("Lies between the two claims."),
        _("May lie between the two claims, or outside."),
    )
    return Step(
        start=card(step.start, on),
        end=card(step.end, on),
        verdict=step.verdict,
        words=step.in_words,
        used=tuple(
            (counts[0] if flow.is_certain else counts[1], card(claim, on))
            for flow in step.used
            for claim in flow.claims
        ),
        left_out=tuple((reason, card(claim, on)) for claim, reason in step.left_out),
    )


def _adopted(figure: Adopted | None) -> AdoptedFigure | None:
    if figure is None:
        return None
    return AdoptedFigure(
        figure.organisation,
        str(figure.interval),
        in_words(figure.as_of),
        figure.method,
    )
