"""A chart to take away: one drawing with its title, sentence, key and date, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.dashboards import forms, outstanding
from cases.dashboards.charts.scales import Tick
from cases.dashboards.pages import page
from cases.queries import populations

_MARGIN, _TITLE, _LINE, _CHARACTER = 32, 30, 20, 6.9


@dataclass(frozen=True)
class Sheet:
    """The paper around a drawing, in whole pixels."""

    width: int
    height: int
    margin: int
    title: tuple[Tick, ...]
    above: tuple[Tick, ...]
    chart_at: int
    below: tuple[Tick, ...]


@page("charts/file.svg", content_type="image/svg+xml")
def show(request: HttpRequest, chart: str) -> Mapping[str, Any]:
    """Give one chart of the outstanding page, as the same address would draw it."""
    asked = forms.outstanding(request.GET)
    population = populations.of_code(asked.population or "")
    if population is None:
        raise Http404(forms.NO_POPULATION)
    found = outstanding.answered(population, asked)
    drawing, title, above, below = _wanted(chart, found)
    answer = found["answer"]
    known = date_format(answer.known_at, "DATE_FORMAT")
    told = _("As of %(day)s, as known on %(known)s.") % {
        "day": date_format(answer.valid_at, "DATE_FORMAT"),
        "known": known,
    }
    sources = ", ".join(report.code for report in found["sources"])
    foot = [told, *below, _("Sources: %(codes)s.") % {"codes": sources or _("none")}, _method()]
    return {
        **found,
        "chart": drawing,
        "kind": "bands" if chart == "claims" else "waterfall",
        "sheet": _sheet(title, [*above], drawing, foot),
        "file_name": f"outstanding-{population.code}-{chart}-{answer.valid_at}.svg",
    }


def _method() -> str:
    return _(
        "A figure here is what somebody said, not a finding of the tracker. "
        "Claims stand side by side and are never averaged or added."
    )


def _wanted(chart: str, found: Mapping[str, Any]) -> tuple[Any, str, list[str], list[str]]:
    title = found["answer"].population.title
    if chart == "claims" and found["chart"].charts:
        drawn = found["chart"]
        return drawn.charts[0], title, [found["spread"], drawn.sentence], list(drawn.remarks)
    for step in found["steps"]:
        if step.key == chart:
            return step.charts[0], title, [step.words], list(step.missing)
    raise Http404(forms.NO_CHART)


def _sheet(title: str, above: Sequence[str], drawing: Any, below: Sequence[str]) -> Sheet:
    room = int(drawing.width / _CHARACTER)
    at = _MARGIN + _TITLE - 8
    titles = [Tick(at + _TITLE * n, line) for n, line in enumerate(wrap(title, room // 2))]
    at = titles[-1].at + _TITLE
    over = _lines(above, at, room)
    chart_at = over[-1].at + _LINE if over else at
    under = _lines(below, chart_at + drawing.height + 2 * _LINE, room)
    return Sheet(
        width=drawing.width + 2 * _MARGIN,
        height=under[-1].at + _MARGIN,
        margin=_MARGIN,
        title=tuple(titles),
        above=over,
        chart_at=chart_at,
        below=under,
    )


def _lines(sentences: Sequence[str], at: int, room: int) -> tuple[Tick, ...]:
    lines = [line for sentence in sentences for line in wrap(sentence, room)]
    return tuple(Tick(at + _LINE * n, line) for n, line in enumerate(lines))
