"""Batches on a line of time: a bar from setting out to arriving, a line for each batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.dashboards.charts.scales import Tick, TimeScale, padded

_ROW, _STACKED_ROW, _HEAD, _SHORTEST, _LABEL, _TAIL = 30, 46, 8, 8, 300, 48


@dataclass(frozen=True)
class Entry:
    """One batch to draw."""

    label: str
    told: str
    title: str
    earliest: date
    latest: date
    is_over: bool
    is_open: bool = False
    """Whether nobody says when it ended."""


@dataclass(frozen=True)
class Bar:
    """One batch on paper."""

    label: str
    told: str
    title: str
    left: int
    right: int
    middle: int
    label_at: int
    told_at: int
    anchor: str
    is_over: bool
    tail_to: int | None

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def top(self) -> int:
        return self.middle - 6


@dataclass(frozen=True)
class TimeLine:
    """All geometry of one line of time, in whole pixels."""

    key: str
    width: int
    height: int
    left: int
    right: int
    axis_at: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    is_stacked: bool


def draw(key: str, entries: Sequence[Entry], *, width: int) -> TimeLine | None:
    """Draw batches, the latest on top; names stand above their bars where there is little room."""
    if not entries:
        return None
    is_stacked = width < 2 * _LABEL
    left, right = (8 if is_stacked else _LABEL), width - 12
    first, last = padded(min(e.earliest for e in entries), max(e.latest for e in entries))
    scale = TimeScale(first, last, left, right)
    row = _STACKED_ROW if is_stacked else _ROW
    bars = tuple(
        _bar(entry, scale, _HEAD + number * row, is_stacked=is_stacked)
        for number, entry in enumerate(entries)
    )
    axis_at = _HEAD + len(entries) * row + 6
    ticks = scale.ticks(4 if is_stacked else 9)
    return TimeLine(key, width, axis_at + 28, left, right, axis_at, bars, ticks, is_stacked)


def _bar(entry: Entry, scale: TimeScale, top: int, *, is_stacked: bool) -> Bar:
    left, right = scale.at(entry.earliest), scale.at(entry.latest)
    if right - left < _SHORTEST:
        left, right = (left + right - _SHORTEST) // 2, (left + right + _SHORTEST) // 2
    middle = top + (34 if is_stacked else 15)
    is_late = right > (scale.left + scale.right) / 2
    most = 46 if is_stacked else 40
    tail_to = min(right + _TAIL, scale.right) if entry.is_open else None
    return Bar(
        label=entry.label if len(entry.label) <= most else f"{entry.label[: most - 1]}…",
        told=entry.told,
        title=entry.title,
        left=left,
        right=right,
        middle=middle,
        label_at=top + 18 if is_stacked else middle + 5,
        told_at=left - 8 if is_late else (tail_to or right) + 8,
        anchor="end" if is_late else "start",
        is_over=entry.is_over,
        tail_to=tail_to,
    )
