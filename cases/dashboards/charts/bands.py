"""The band chart: one lane per claimant, bounds upwards, time to the right, one scale for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.dashboards.charts.geometry import Chart, DrawnLane, Figure, Lane, Mark
from cases.dashboards.charts.scales import CountScale, Tick, TimeScale, count_steps, padded
from cases.rules.numbers import grouped

_LEFT, _RIGHT, _UNDATED_WIDTH = 52, 16, 84
_LANE, _GAP, _LINE, _AXIS, _STRIP = 104, 26, 19, 46, 46
_CHARACTER = 7.4
_NARROWEST_MARK, _OPEN_HEADROOM = 12, 1.35
_WIDE = 640

Period = tuple[date | None, date | None]


@dataclass(frozen=True)
class _Plan:
    """What all lanes share."""

    time: TimeScale
    steps: tuple[int, ...]
    day_at: int
    has_day: bool
    undated: tuple[int, int] | None
    width: int


def draw(
    key: str,
    lanes: Sequence[Lane],
    events: Sequence[Figure],
    *,
    day: date,
    width: int,
    period: Period = (None, None),
) -> Chart:
    """Lay the chart out. ``events`` are moves out of the population, in a strip of their own."""
    figures = [figure for lane in lanes for figure in lane.figures]
    plan = _plan(figures, events, day, width, period)
    drawn: list[DrawnLane] = []
    at = 0
    for lane in lanes:
        drawn.append(_lane(lane, plan, at))
        at = drawn[-1].bottom + _GAP
    events_at = at + _LINE
    axis = events_at + _STRIP - _LINE if events else at
    return Chart(
        key=key,
        width=width,
        height=axis + _AXIS,
        left=plan.time.left,
        right=plan.time.right,
        lanes=tuple(drawn),
        events=_spaced(_event(figure, plan, events_at + 18) for figure in events),
        events_at=events_at,
        ticks=plan.time.ticks(6 if width >= _WIDE else 3),
        axis_at=axis,
        day_at=plan.day_at if plan.has_day else None,
        day_label=_("as of %(day)s") % {"day": date_format(day, "j M Y")},
        undated_at=sum(plan.undated) // 2 if plan.undated else None,
    )


def _plan(
    figures: Sequence[Figure], events: Sequence[Figure], day: date, width: int, period: Period
) -> _Plan:
    shown = (*figures, *events)
    days = [d for figure in shown for d in (figure.earliest, figure.latest) if d]
    undated = any(figure.is_undated for figure in shown)
    right = width - _RIGHT - (_UNDATED_WIDTH if undated else 0)
    first, last = padded(min(days, default=day), max([*days, day]))
    begin, end = period
    first, last = begin or min(first, end or first), end or max(last, begin or last)
    time = TimeScale(first, last, _LEFT, right)
    gutter = (right + _RIGHT, width - _RIGHT) if undated else None
    steps = count_steps(_highest(figures))
    return _Plan(time, steps, time.at(day), first <= day <= last, gutter, width)


def _highest(figures: Iterable[Figure]) -> int:
    """Give the number that must fit, with room above an open end for its fading."""
    highest = 1
    for figure in figures:
        low, high, value = figure.interval.low, figure.interval.high, figure.value
        ends = max(low or 0, high or 0, value or 0)
        highest = max(highest, round(ends * _OPEN_HEADROOM) if high is None else ends)
    return highest


def _lane(lane: Lane, plan: _Plan, at: int) -> DrawnLane:
    length = int((plan.width - 8) / _CHARACTER)
    lines, notes = wrap(lane.label, length) or [""], wrap(lane.notes, length)
    notes_at = at + 14 + _LINE * len(lines)
    top = at + _LINE * (len(lines) + len(notes)) + 12
    scale = CountScale(plan.steps[-1], top, top + _LANE)
    marks = [_mark(figure, plan, scale) for figure in lane.figures]
    ends = ([mark.left for mark in marks] + [plan.day_at])[1:]
    trails = [replace(m, trail_to=max(end, m.right)) for m, end in zip(marks, ends, strict=True)]
    return DrawnLane(
        label=tuple(Tick(at + 14 + _LINE * n, line) for n, line in enumerate(lines)),
        notes=tuple(Tick(notes_at - 2 + _LINE * n, line) for n, line in enumerate(notes)),
        top=top,
        bottom=scale.bottom,
        steps=tuple(Tick(scale.at(step), grouped(step)) for step in plan.steps),
        marks=_spaced(trails),
    )


def _mark(figure: Figure, plan: _Plan, scale: CountScale) -> Mark:
    left, right = _span(figure, plan)
    low, high = figure.interval.low, figure.interval.high
    top = scale.top if high is None else scale.at(high)
    bottom = scale.bottom if low is None else scale.at(low)
    edge = top if low is None else bottom
    kind = "point" if low is not None and low == high else "band"
    if figure.interval.is_open:
        kind = "unknown" if figure.value is None else "hollow"
        edge = scale.bottom if figure.value is None else scale.at(figure.value)
        top = bottom = edge
    return _written(figure, plan, kind, (left, right), (top, bottom, edge))


def _event(figure: Figure, plan: _Plan, at: int) -> Mark:
    return _written(figure, plan, "event", _span(figure, plan), (at, at, at))


def _written(
    figure: Figure, plan: _Plan, kind: str, across: tuple[int, int], heights: tuple[int, int, int]
) -> Mark:
    (left, right), (top, bottom, edge) = across, heights
    is_band = kind == "band"
    length = 8 + len(figure.text) * _CHARACTER
    side = next(
        (
            place
            for place, fits in (
                ((right + 8, "start"), right + length < plan.width),
                ((left - 8, "end"), left - length > _LEFT),
            )
            if fits
        ),
        (plan.width, "end"),
    )
    return Mark(
        id=figure.id,
        kind=kind,
        text=figure.text,
        title=figure.title,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        edge=edge,
        is_open_above=is_band and figure.interval.high is None,
        is_open_below=is_band and figure.interval.low is None,
        is_unattributed=figure.is_unattributed,
        is_stale=figure.is_stale,
        text_at=side[0],
        anchor=side[1],
        trail_to=right,
    )


def _span(figure: Figure, plan: _Plan) -> tuple[int, int]:
    """Give the days a partial date may mean, wide enough to be seen; open ends reach the edge."""
    if figure.is_undated and plan.undated:
        middle = sum(plan.undated) // 2
        return middle - _NARROWEST_MARK // 2, middle + _NARROWEST_MARK // 2
    left = plan.time.at(figure.earliest) if figure.earliest else plan.time.left
    right = plan.time.at(figure.latest) if figure.latest else max(plan.day_at, left)
    lacking = max(_NARROWEST_MARK - (right - left), 0)
    return left - lacking // 2, right + (lacking + 1) // 2


def _spaced(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Leave a text out where it would run into one before it; the table has them all."""
    taken: list[tuple[float, float, int]] = []
    kept = []
    for mark in marks:
        length = len(mark.text) * _CHARACTER
        start = mark.text_at if mark.anchor == "start" else mark.text_at - length
        is_free = all(
            start > end or start + length < begin or abs(mark.edge - line) > _LINE
            for begin, end, line in taken
        )
        if is_free:
            taken.append((start, start + length, mark.edge))
        kept.append(replace(mark, has_text=is_free))
    return tuple(kept)
