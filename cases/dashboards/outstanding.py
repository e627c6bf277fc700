"""The outstanding page: one population over time, by whose claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest

from cases.dashboards import bridges, forms
from cases.dashboards.asked import Asked
from cases.dashboards.cards import Card, card
from cases.dashboards.claims_chart import claims_chart
from cases.dashboards.pages import page
from cases.dashboards.replay import replay
from cases.models import Population
from cases.queries import bridge, overview, populations
from cases.queries.bridge import Comparison
from cases.queries.claims import Claim, ReportRef
from cases.queries.learning import learned
from cases.queries.outstanding import STALE_AFTER_DAYS, Adopted, Outstanding, Series, outstanding
from cases.rules.dates import in_words


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
    if population is None:
        return {"choices": choices, "asked": asked, "answer": None}
    if population not in choices:
        choices.append(population)
    asked = replace(asked, population=population.code)
    return {"choices": choices, "asked": asked, **answered(population, asked)}


def answered(population: Population, asked: Asked) -> dict[str, Any]:
    """Read and print all that is claimed about a population."""
    answer = outstanding(population, valid_at=asked.valid_at, known_at=asked.known_at)
    claims = [claim for series in answer.series for claim in series.claims]
    found = bridge.chain(population, claims, known_at=answer.known_at)
    return {
        "answer": answer,
        "lanes": [_cards(series, answer) for series in answer.series],
        "chart": claims_chart(answer, found, asked),
        "replay": replay(learned(population), asked),
        "spread": overview.spread_in_words(answer.series),
        "adopted": _adopted(answer.adopted),
        "steps": bridges.steps(found, answer.valid_at),
        "undated": [card(claim, answer.valid_at) for claim in claims if not claim.as_of_earliest],
        "sources": _sources([*claims, *_left(found)]),
        "stale": sum(answer.is_stale(series.latest) for series in answer.series),
        "stale_after": STALE_AFTER_DAYS,
        "whole": asked.but(begin=None, end=None, without=()),
        "today": asked.but(valid_at=None, known_on=None),
        "last_year": asked.but(begin=_a_year_before(answer), end=answer.valid_at),
    }


def _a_year_before(answer: Outstanding) -> date:
    return max(answer.valid_at - timedelta(days=365), forms.FIRST_DAY)


def _chosen(code: str | None, choices: Sequence[Population]) -> Population | None:
    if code is None:
        return choices[0] if choices else None
    found = populations.of_code(code)
    if found is None:
        raise Http404(forms.NO_POPULATION)
    return found


def _cards(series: Series, answer: Outstanding) -> tuple[Card, ...]:
    return tuple(card(claim, answer.valid_at) for claim in reversed(series.claims))


def _left(found: Sequence[Comparison]) -> list[Claim]:
    return [claim for step in found for flow in step.used for claim in flow.claims]


def _sources(claims: Sequence[Claim]) -> list[ReportRef]:
    """List the reports behind the claims, each once, for whoever reads them on paper."""
    found = {report.code: report for claim in claims for report in claim.reports}
    return [found[code] for code in sorted(found)]


def _adopted(figure: Adopted | None) -> AdoptedFigure | None:
    if figure is None:
        return None
    return AdoptedFigure(
        figure.organisation,
        str(figure.interval),
        in_words(figure.as_of),
        figure.method,
    )
