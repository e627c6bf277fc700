"""How knowledge grew: the days on which something became known, to go back to each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cases.dashboards.asked import Asked
from cases.queries.learning import Learned

_MOST_TEXTS = 4


@dataclass(frozen=True)
class Moment:
    """One stop of the slider."""

    day: date
    label: str
    words: str
    query: str
    is_shown: bool


@dataclass(frozen=True)
class Replay:
    """All stops, the first before anything was known."""

    moments: tuple[Moment, ...]

    @property
    def at(self) -> int:
        """Which stop the page stands at."""
        return next(n for n, moment in enumerate(self.moments) if moment.is_shown)

    @property
    def last(self) -> int:
        return len(self.moments) - 1

    @property
    def shown(self) -> Moment:
        return self.moments[self.at]

    @property
    def before(self) -> Moment | None:
        return self.moments[self.at - 1] if self.at else None

    @property
    def after(self) -> Moment | None:
        return None if self.at == self.last else self.moments[self.at + 1]


def replay(days: Sequence[Learned], asked: Asked) -> Replay | None:
    """Make stops of the days; None where nothing ever became known."""
    if not days:
        return None
    first = days[0].day - timedelta(days=1)
    stops = [first, *(one.day for one in days)]
    known = asked.known_on or stops[-1]
    at = max((n for n, day in enumerate(stops) if day <= known), default=0)
    return Replay(tuple(_moments(days, asked, stops, at)))


def _moments(
    days: Sequence[Learned], asked: Asked, stops: Sequence[date], at: int
) -> Iterator[Moment]:
    for number, day in enumerate(stops):
        is_last = number == len(stops) - 1
        # Whoever goes back to a day is told nothing of what was learned after it.
        said = _words(days[number - 1]) if 0 < number <= at else ""
        yield Moment(
            day=day,
            label=date_format(day, "j M Y") if number else _("Before"),
            words=_told(day, said) if number else _("Before that day nothing of this was known."),
            query=asked.but(known_on=None if is_last else day),
            is_shown=number == at,
        )


def _told(day: date, said: str) -> str:
    written = date_format(day, "DATE_FORMAT")
    return f"{written}: {said}" if said else written


def _words(one: Learned) -> str:
    parts = []
    if one.recorded:
        parts.append(_("%(figures)s became known") % {"figures": _listed(one.recorded)})
    if one.ended:
        parts.append(_("%(figures)s ceased to count") % {"figures": _listed(one.ended)})
    return "; ".join(parts) + "."


def _listed(texts: Sequence[str]) -> str:
    quoted = [_("“%(text)s”") % {"text": text} for text in dict.fromkeys(texts)]
    if len(quoted) > _MOST_TEXTS:
        quoted = [*quoted[:_MOST_TEXTS], _("others")]
    return get_text_list(quoted, _("and"))
