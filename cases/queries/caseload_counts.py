"""Counts the people and the help of every organisation, for what is to be published of them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, ExtractYear

from cases.models import Assistance, Individual, Place
from cases.rules.caseload import (
    AT_WORK,
    HELP,
    PERSON,
    PHASES,
    PLACE,
    STAGES,
    STATUS,
    UNKNOWN,
    WAITING,
    WORK,
    Counts,
)
from cases.vocabulary.assistance import AssistanceStage
from cases.vocabulary.caseload import AgeBand, Waiting
from cases.vocabulary.individuals import CaseSensitivity
from cases.vocabulary.places import PlaceKind
from cases.vocabulary.status import ReturnStatus, WorkStatus

_BANDS = ((AgeBand.INFANT, 0, 5), (AgeBand.CHILD, 5, 12), (AgeBand.YOUTH, 12, 18),
          (AgeBand.ADULT, 18, 60), (AgeBand.ELDER, 60, 130))  # fmt: skip
_WAITING = ((Waiting.MONTH, 30), (Waiting.QUARTER, 90), (Waiting.HALF_YEAR, 180),
            (Waiting.YEAR, 365))  # fmt: skip

Found = dict[str, dict[str, dict[str, dict[str, int]]]]


def people(on: date) -> Mapping[str, Counts]:
    """Count the people of each organisation, by phase and each of what they are shown by.

    Restricted cases are left out: no table is to tell that there are any.
    """
    rows = Individual.objects.filter(
        return_status__in=list(PHASES), sensitivity=CaseSensitivity.STANDARD
    ).annotate(stated_age=_stated_age(on))
    rows = rows.annotate(band=_band(on), waiting=_waiting(on))
    regions = _regions()
    found: Found = {}
    for row in _counted(rows, "home_place"):
        region = regions.get(row["home_place"], UNKNOWN)
        _add(found, row, PLACE, PHASES[row["return_status"]], region)
    for row in _counted(rows, "band", "sex"):
        phase = PHASES[row["return_status"]]
        _add(found, row, PERSON, phase, f"{row['band']} {row['sex']}")
        _add(found, row, STATUS, phase, row["return_status"])
    for row in _counted(rows, "waiting"):
        _add(found, row, WAITING, PHASES[row["return_status"]], row["waiting"])
    return found


def help_given() -> Mapping[str, Counts]:
    """Count the records of help to standard cases, by kind and stage."""
    rows = Assistance.objects.filter(
        individual__sensitivity=CaseSensitivity.STANDARD, individual__return_status__in=list(PHASES)
    )
    by = ("organisation", "kind", "stage")
    found: Found = {}
    for row in rows.order_by().values(*by).annotate(number=Count("pk")):
        _add(found, row, HELP, row["kind"], STAGES[AssistanceStage(row["stage"])])
    return found


def work() -> Mapping[str, Counts]:
    """Count the standard cases that are not closed, by who has them and how far they are."""
    rows = Individual.objects.filter(
        sensitivity=CaseSensitivity.STANDARD, work_status__in=list(AT_WORK)
    )
    by = ("organisation", "assigned_to", "work_status")
    found: Found = {}
    for row in rows.order_by().values(*by).annotate(number=Count("pk")):
        _add(found, row, WORK, row["assigned_to"] or "", AT_WORK[WorkStatus(row["work_status"])])
    return found


def _counted(rows: QuerySet[Individual], *by: str) -> Iterable[dict[str, Any]]:
    values = rows.order_by().values("organisation", "return_status", *by)
    for row in values.annotate(number=Count("pk")):
        yield {**row, "return_status": ReturnStatus(row["return_status"])}


def _add(found: Found, row: Mapping[str, Any], view: str, line: str, column: str) -> None:
    views = found.setdefault(str(row["organisation"]), {})
    numbers = views.setdefault(view, {}).setdefault(str(line), {})
    numbers[str(column)] = numbers.get(str(column), 0) + row["number"]


def _regions() -> dict[UUID | None, str]:
    """Give for each place the oblast it lies in, else the country, by its id."""
    rows = {
        key: (parent, kind)
        for key, parent, kind in Place.objects.values_list("pk", "parent", "kind")
    }
    return {key: _region(key, rows) for key in rows}


def _region(place: UUID, rows: Mapping[UUID, tuple[UUID | None, str]]) -> str:
    here: UUID | None = place
    country, seen = "", set()
    while here is not None and here in rows and here not in seen:
        seen.add(here)
        parent, kind = rows[here]
        if kind == PlaceKind.OBLAST:
            return str(here)
        country = str(here) if kind == PlaceKind.COUNTRY else country
        here = parent
    return country or UNKNOWN


def _band(on: date) -> Case:
    """Give the age group: where days or years of birth fit into one, or an age was stated."""
    born = [
        When(
            birth_earliest__gt=_years_before(on, below),
            birth_latest__lte=_years_before(on, least),
            then=Value(str(band)),
        )
        for band, least, below in _BANDS
    ]
    stated = [
        When(
            Q(birth_earliest__isnull=True, birth_latest__isnull=True)
            & Q(stated_age__gte=least, stated_age__lt=below),
            then=Value(str(band)),
        )
        for band, least, below in _BANDS
    ]
    return Case(*born, *stated, default=Value(str(AgeBand.UNKNOWN)), output_field=CharField())


def _stated_age(on: date) -> CombinedExpression:
    said = Coalesce(
        ExtractYear("age_as_of_earliest"),
        ExtractYear("age_as_of_latest"),
        ExtractYear("recorded_at"),
    )
    return F("age_as_stated") + Value(on.year) - said


def _waiting(on: date) -> Case:
    steps = [
        When(recorded_at__date__gt=on - timedelta(days=days), then=Value(str(waiting)))
        for waiting, days in _WAITING
    ]
    return Case(*steps, default=Value(str(Waiting.LONGER)), output_field=CharField())


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
