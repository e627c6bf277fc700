"""The bridge as a waterfall: a row for each step, people to the right, one scale for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from cases.dashboards.charts.scales import CountScale, Tick, count_steps
from cases.rules.counts import Interval
from cases.rules.numbers import grouped

_LEFT, _RIGHT, _BAR, _GAP, _LINE, _AXIS = 6, 22, 22, 16, 19, 30
_CHARACTER, _OPEN_HEADROOM, _FEW, _NARROWEST = 8.3, 1.4, 640, 8


@dataclass(frozen=True)
class Row:
    """One step. ``kind`` is start, fall, expected or end; ``taken_off`` is what a fall takes."""

    kind: str
    id: str
    label: str
    text: str
    level: Interval
    title: str
    taken_off: Interval | None = None
    is_certain: bool = True
    is_unattributed: bool = False


@dataclass(frozen=True)
class Bar:
    """One step on paper: from ``left`` to ``right`` for sure, to ``soft_left`` perhaps."""

    row: Row
    label: tuple[Tick, ...]
    top: int
    left: int
    right: int
    soft_left: int
    is_open_above: bool
    is_open_below: bool
    text_at: int
    anchor: str
    link_to: int | None
    """Down to the next row, where what is left is carried over."""

    @property
    def middle(self) -> int:
        return self.top + _BAR // 2

    @property
    def bottom(self) -> int:
        return self.top + _BAR

    @property
    def carried_at(self) -> int:
        return self.left if self.row.kind == "fall" else self.right

    @property
    def width(self) -> int:
        return max(self.right - self.left, 1)

    @property
    def soft_width(self) -> int:
        return max(self.left - self.soft_left, 0)

    @property
    def is_point(self) -> bool:
        return self.row.kind != "fall" and self.row.level.low == self.row.level.high is not None

    @property
    def is_unknown(self) -> bool:
        return self.row.kind != "fall" and self.row.level.is_open


@dataclass(frozen=True)
class Waterfall:
    """All geometry of one bridge, in whole pixels of its own width."""

    key: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    axis_at: int
    expected: tuple[int, int] | None
    """Where what is left would lie, drawn through the later claim too."""

    @property
    def zone(self) -> tuple[int, int] | None:
        """Left edge and width, wide enough to be seen where only one number would do."""
        if self.expected is None:
            return None
        left, right = self.expected
        lacking = max(_NARROWEST - (right - left), 0)
        return left - lacking // 2, right - left + lacking


def draw(key: str, rows: Sequence[Row], *, width: int) -> Waterfall:
    """Lay the steps out from top to bottom."""
    steps = count_steps(_highest(rows), 6 if width >= _FEW else 4)
    # People run to the right: the scale's bottom is the left edge.
    scale = CountScale(steps[-1], width - _RIGHT, _LEFT)
    bars: list[Bar] = []
    at = 0
    for number, row in enumerate(rows):
        before = rows[number - 1].level if number else row.level
        bars.append(_bar(row, before, scale, at, width))
        at = bars[-1].bottom + _GAP
    expected = next((row.level for row in rows if row.kind == "expected"), Interval())
    return Waterfall(
        key=key,
        width=width,
        height=at + _AXIS,
        bars=tuple(_linked(bars)),
        ticks=tuple(Tick(scale.at(step), grouped(step)) for step in steps),
        axis_at=at,
        expected=_ends(expected, scale) if not expected.is_open else None,
    )


def _highest(rows: Sequence[Row]) -> int:
    highest = 1
    for row in rows:
        low, high = row.level.low or 0, row.level.high
        highest = max(highest, round(low * _OPEN_HEADROOM) if high is None else high)
    return highest


def _ends(level: Interval, scale: CountScale) -> tuple[int, int]:
    left = scale.at(max(level.low or 0, 0))
    right = scale.top if level.high is None else scale.at(max(level.high, 0))
    return min(left, right), max(left, right)


def _bar(row: Row, before: Interval, scale: CountScale, at: int, width: int) -> Bar:
    lines = wrap(row.label, int((width - _LEFT - 6) / _CHARACTER)) or [""]
    top = at + _LINE * len(lines) + 8
    left, right = _ends(row.level, scale)
    soft = left
    if row.taken_off is not None:
        left, right, soft = _fall(row.taken_off, before, scale)
    length = 10 + len(row.text) * _CHARACTER
    is_right = right + length < width
    return Bar(
        row=row,
        label=tuple(Tick(at + 14 + _LINE * n, line) for n, line in enumerate(lines)),
        top=top,
        left=left,
        right=right,
        soft_left=soft,
        is_open_above=row.taken_off is None and row.level.high is None,
        is_open_below=row.level.low is None and row.kind != "fall",
        text_at=right + 10 if is_right else min(soft, left) - 10,
        anchor="start" if is_right else "end",
        link_to=None,
    )


def _fall(taken: Interval, before: Interval, scale: CountScale) -> tuple[int, int, int]:
    """Give what is taken off for sure, and how far down it may reach."""
    begins = before.high if before.high is not None else before.low or 0
    sure = begins - (taken.low or 0)
    most = 0 if taken.high is None else begins - taken.high
    return scale.at(max(sure, 0)), scale.at(begins), scale.at(max(most, 0))


def _linked(bars: Sequence[Bar]) -> list[Bar]:
    """Carry what is left down to the next row; the later claim is nobody's remainder."""
    found = []
    for bar, after in zip(bars, [*bars[1:], None], strict=True):
        is_carried = after is not None and after.row.kind != "end"
        found.append(replace(bar, link_to=after.top if after and is_carried else None))
    return found
