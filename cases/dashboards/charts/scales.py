"""From figures and days to positions, with ticks a reader would choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000)
_STEPS_OF_DAYS = (1, 2, 7, 14, 31, 62)
_A_FEW = timedelta(days=62)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Tick:
    """A labelled place on an axis."""

    at: int
    label: str


@dataclass(frozen=True)
class CountScale:
    """Numbers of people from nought at ``bottom`` to ``top_value`` at ``top``."""

    top_value: int
    top: int
    bottom: int

    def at(self, value: int) -> int:
        share = min(value, self.top_value) / self.top_value
        return round(self.bottom - share * (self.bottom - self.top))


@dataclass(frozen=True)
class TimeScale:
    """Days from ``first`` at ``left`` to ``last`` at ``right``."""

    first: date
    last: date
    left: int
    right: int

    def at(self, day: date) -> int:
        whole = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / whole
        return round(self.left + share * (self.right - self.left))

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Give at most ``most`` labels at the beginnings of months or years, or days of a few."""
        if self.last - self.first <= _A_FEW:
            return self._few(most)
        months = (self.last.year - self.first.year) * _MONTHS_A_YEAR + self.last.month
        months -= self.first.month
        step = next((s for s in _STEPS_OF_MONTHS if months // s < most), _STEPS_OF_MONTHS[-1])
        form = "Y" if step >= _MONTHS_A_YEAR else "M Y"
        return tuple(Tick(self.at(day), date_format(day, form)) for day in self._days(step))

    def _few(self, most: int) -> tuple[Tick, ...]:
        number = (self.last - self.first).days
        step = next(step for step in _STEPS_OF_DAYS if number // step < most)
        days = (self.first + timedelta(days=n) for n in range(0, number + 1, step))
        return tuple(Tick(self.at(day), date_format(day, "j M Y")) for day in days)

    def _days(self, step: int) -> Iterator[date]:
        month = self.first.year * _MONTHS_A_YEAR + self.first.month - 1
        month += -month % step
        while (day := date(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)) <= self.last:
            if day >= self.first:
                yield day
            month += step


def count_steps(highest: int, most: int = 4) -> tuple[int, ...]:
    """Give round numbers from nought to just above ``highest``, at most ``most`` steps."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * most > highest:
                return tuple(range(0, highest + step + 1, step))
        size *= 10


def padded(first: date, last: date) -> tuple[date, date]:
    """Leave air at both ends, so that nothing sits on the frame."""
    margin = timedelta(days=max((last - first).days // 24, 10))
    return first - margin, last + margin
