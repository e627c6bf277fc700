"""What a band chart is made of: claims to draw, and marks in whole pixels."""

from dataclasses import dataclass
from datetime import date

from cases.dashboards.charts.scales import Tick
from cases.rules.counts import Interval

_ROUND = 12


@dataclass(frozen=True)
class Figure:
    """One claim to draw. ``value`` is drawn only where no bounds follow from it."""

    id: str
    text: str
    interval: Interval
    value: int | None
    earliest: date | None
    latest: date | None
    title: str
    is_unattributed: bool = False
    is_stale: bool = False

    def lies_in(self, begin: date | None, end: date | None) -> bool:
        """Say whether some day it may be about lies in the period; an undated one stands apart."""
        is_early = begin is not None and self.latest is not None and self.latest < begin
        is_late = end is not None and self.earliest is not None and self.earliest > end
        return not is_early and not is_late

    @property
    def is_undated(self) -> bool:
        return self.earliest is None and self.latest is None


@dataclass(frozen=True)
class Lane:
    """The claims of one claimant."""

    label: str
    figures: tuple[Figure, ...]
    notes: str = ""
    """What to know of the latest claim."""


@dataclass(frozen=True)
class Mark:
    """A claim on paper. ``kind`` is point, band, hollow or unknown."""

    id: str
    kind: str
    text: str
    title: str
    left: int
    right: int
    top: int
    bottom: int
    edge: int
    is_open_above: bool
    is_open_below: bool
    is_unattributed: bool
    is_stale: bool
    text_at: int
    anchor: str
    trail_to: int
    has_text: bool = True

    @property
    def centre(self) -> int:
        return (self.left + self.right) // 2

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def hit(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of what a pointer or a finger has to meet."""
        width, height = self.width + 2 * _ROUND, self.height + 2 * _ROUND
        return self.left - _ROUND, self.top - _ROUND, width, height

    @property
    def text_line(self) -> int:
        return self.edge - 7


@dataclass(frozen=True)
class DrawnLane:
    """One lane on paper."""

    label: tuple[Tick, ...]
    notes: tuple[Tick, ...]
    top: int
    bottom: int
    steps: tuple[Tick, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """All geometry of one chart, in whole pixels of its own width."""

    key: str
    width: int
    height: int
    left: int
    right: int
    lanes: tuple[DrawnLane, ...]
    events: tuple[Mark, ...]
    events_at: int
    ticks: tuple[Tick, ...]
    axis_at: int
    day_at: int | None
    """None where the day lies outside the period drawn."""
    day_label: str
    undated_at: int | None
