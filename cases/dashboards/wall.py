"""The wall: who is still outstanding, by whose claim, for a screen that nobody touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.pages import page
from cases.queries import overview
from cases.queries.overview import Standing

EVERY_SECONDS = 60
_POPULATIONS, _CLAIMANTS = 4, 3


@dataclass(frozen=True)
class Board:
    """One population: as many claims as can be read from across a room, and how many more."""

    title: str
    cards: tuple[Card, ...]
    more: str


@page("wall.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show the wall."""
    forms.nothing(request.GET)
    seen = overview.overview()
    return {
        "seen": seen,
        "every": EVERY_SECONDS,
        "boards": [_board(standing) for standing in seen.standings[:_POPULATIONS]],
        "left_out": max(len(seen.standings) - _POPULATIONS, 0),
    }


def _board(standing: Standing) -> Board:
    answer = standing.claims
    left = len(answer.series) - _CLAIMANTS
    more = ngettext("and %(left)s more claimant", "and %(left)s more claimants", left)
    return Board(
        answer.population.title,
        tuple(card(series.latest, answer.valid_at) for series in answer.series[:_CLAIMANTS]),
        more % {"left": left} if left > 0 else "",
    )
