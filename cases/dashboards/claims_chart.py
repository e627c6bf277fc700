"""The chart of claims: what of them is drawn, its key, and the sentences that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from cases.dashboards.asked import Asked
from cases.dashboards.cards import Card, card
from cases.dashboards.charts.bands import draw
from cases.dashboards.charts.geometry import Chart, Figure, Lane
from cases.queries.bridge import Comparison
from cases.queries.claims import Claim, Claimant
from cases.queries.outstanding import Outstanding, Series

WIDTHS = {"wide": 1080, "narrow": 340}
_TOKEN = 12


@dataclass(frozen=True)
class Toggle:
    """A claimant in the key, and the question that draws them or leaves them out."""

    token: str
    label: str
    is_drawn: bool
    is_unattributed: bool
    query: str


@dataclass(frozen=True)
class ClaimsChart:
    """The chart, once for each width, with all that is said of it."""

    charts: tuple[Chart, ...]
    key: tuple[Toggle, ...]
    sentence: str
    remarks: tuple[str, ...]

    @property
    def has_marks(self) -> bool:
        return any(lane.marks for chart in self.charts for lane in chart.lanes)


@dataclass(frozen=True)
class _Drawn:
    """What passes the period and the key."""

    lanes: tuple[Lane, ...]
    events: tuple[Figure, ...]
    outside: int
    left_out: tuple[str, ...]

    @property
    def figures(self) -> list[Figure]:
        return [figure for lane in self.lanes for figure in lane.figures]


def claims_chart(answer: Outstanding, steps: Sequence[Comparison], asked: Asked) -> ClaimsChart:
    """Draw the claims of an answer as far as they are asked for."""
    drawn = _drawn(answer, steps, asked)
    charts = tuple(
        draw(
            name,
            drawn.lanes,
            drawn.events,
            day=answer.valid_at,
            width=width,
            period=(asked.begin, asked.end),
        )
        for name, width in WIDTHS.items()
        if drawn.lanes
    )
    key = tuple(_toggle(series.claimant, asked) for series in answer.series)
    return ClaimsChart(charts, key, _sentence(answer, drawn), _remarks(drawn, asked))


def _drawn(answer: Outstanding, steps: Sequence[Comparison], asked: Asked) -> _Drawn:
    period = (asked.begin, asked.end)
    shown = [one for one in answer.series if _token(one.claimant) not in asked.without]
    lanes = tuple(_lane(series, answer, asked) for series in shown)
    flows = {flow.claim.id: flow.claim for step in steps for flow in step.used}
    events = (_figure(claim, card(claim, answer.valid_at)) for claim in flows.values())
    total = sum(len(series.claims) for series in shown)
    return _Drawn(
        lanes=lanes,
        events=tuple(event for event in events if event.lies_in(*period)),
        outside=total - sum(len(lane.figures) for lane in lanes),
        left_out=tuple(one.claimant.label for one in answer.series if one not in shown),
    )


def _lane(series: Series, answer: Outstanding, asked: Asked) -> Lane:
    figures = [_figure(claim, card(claim, answer.valid_at)) for claim in series.claims]
    notes = " · ".join(mark.label for mark in card(series.latest, answer.valid_at).marks)
    kept = tuple(figure for figure in figures if figure.lies_in(asked.begin, asked.end))
    return Lane(series.claimant.label, kept, notes)


def _figure(claim: Claim, printed: Card) -> Figure:
    return Figure(
        id=str(claim.id),
        text=claim.stated_text,
        interval=claim.interval,
        value=claim.value,
        earliest=claim.as_of_earliest,
        # What was recorded on a day cannot be about a later one, however open its date.
        latest=claim.last_day if claim.as_of else None,
        title=read_out(claim, printed),
        is_unattributed=claim.claimant.is_unattributed,
        is_stale=any(mark.kind == "stale" for mark in printed.marks),
    )


def read_out(claim: Claim, printed: Card) -> str:
    """Say all of a figure that the chart shows, in one breath."""
    parts = [
        f"{claim.stated_text}, {claim.claimant.label}: {claim.interval}, {claim.as_of_in_words}",
        printed.age,
        *(mark.label for mark in printed.marks),
        ", ".join(report.code for report in claim.reports) or _("No report cited"),
    ]
    return " · ".join(parts)


def _toggle(claimant: Claimant, asked: Asked) -> Toggle:
    token = _token(claimant)
    return Toggle(
        token=token,
        label=claimant.label,
        is_drawn=token not in asked.without,
        is_unattributed=claimant.is_unattributed,
        query=asked.toggled(token),
    )


def _token(claimant: Claimant) -> str:
    """Name a claimant in an address, shortly and without ids."""
    return sha256(claimant.key.encode()).hexdigest()[:_TOKEN]


def _sentence(answer: Outstanding, drawn: _Drawn) -> str:
    return _(
        "“%(population)s” as of %(day)s. Figures drawn: %(figures)s; claimants drawn: "
        "%(claimants)s. Each claimant has a lane of their own, all lanes have one scale."
    ) % {
        "population": answer.population.title,
        "day": _day(answer.valid_at),
        "figures": len(drawn.figures),
        "claimants": len([lane for lane in drawn.lanes if lane.figures]),
    }


def _remarks(drawn: _Drawn, asked: Asked) -> tuple[str, ...]:
    """Say what there is and is not drawn, so that no picture tells less than it seems to."""
    found = []
    if asked.begin or asked.end:
        found.append(_period(asked))
    if drawn.outside:
        sentence = ngettext(
            "%(count)s figure lies outside this period and is not drawn.",
            "%(count)s figures lie outside this period and are not drawn.",
            drawn.outside,
        )
        found.append(sentence % {"count": drawn.outside})
    if drawn.left_out:
        listed = "; ".join(drawn.left_out)
        found.append(_("Left out of the chart: %(listed)s.") % {"listed": listed})
    return tuple(found)


def _period(asked: Asked) -> str:
    if asked.begin and asked.end:
        days = {"begin": _day(asked.begin), "end": _day(asked.end)}
        return _("Drawn is the period from %(begin)s to %(end)s.") % days
    if asked.begin:
        return _("Drawn is the period from %(begin)s on.") % {"begin": _day(asked.begin)}
    return _("Drawn is the period until %(end)s.") % {"end": _day(asked.end)}


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
