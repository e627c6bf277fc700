"""On which days something became known of a population, so that a reader can go back to each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Population, ReportedCount
from cases.vocabulary.counts import Measure, Unit

MOST_DAYS = 60


@dataclass(frozen=True)
class Learned:
    """One day: the figures that came in, in the words of their sources, and those that ended."""

    day: date
    recorded: tuple[str, ...]
    ended: tuple[str, ...]


def learned(population: Population) -> tuple[Learned, ...]:
    """List the days, the oldest first and the latest only where there are many.

    They are those of the stocks claimed of the population and of the figures of who left it.
    """
    about = Q(population=population, measure=Measure.STOCK) | Q(population__leaves=population)
    rows = ReportedCount.objects.filter(about, unit=Unit.PERSON, part_of__isnull=True)
    days: dict[date, tuple[list[str], list[str]]] = {}
    for text, recorded, *ended in rows.order_by("recorded_at", "pk").values_list(
        "stated_text", "recorded_at", "superseded_at", "retracted_at"
    ):
        days.setdefault(recorded.date(), ([], []))[0].append(text)
        for moment in filter(None, ended):
            days.setdefault(moment.date(), ([], []))[1].append(text)
    latest = sorted(days)[-MOST_DAYS:]
    return tuple(Learned(day, *map(tuple, days[day])) for day in latest)
