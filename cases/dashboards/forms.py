"""Reads the addresses of the pages: every mistake gets a sentence, none gets past."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.dashboards.asked import Asked
from cases.queries import journeys
from cases.vocabulary.caseload import Phase
from cases.vocabulary.counts import DiscrepancyState

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_CODE = re.compile(r"[\w.:-]{1,60}")
_CLAIMANT = re.compile(r"[0-9a-f]{12}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_MOST_CLAIMANTS = 20
_OF_OUTSTANDING = ("population", "valid_at", "known_at", "from", "to")
NO_FIGURE = gettext_lazy("There is no such figure, or you may not see it.")
NO_POPULATION = gettext_lazy(
    "There is no such population. Choose one from the list on the outstanding page."
)
NO_BATCH = gettext_lazy("There is no such batch, or you may not see it.")
NO_CHART = gettext_lazy("There is no such chart on this page. Take one from the page itself.")


def outstanding(params: QueryDict) -> Asked:
    """Read population, *as of*, *as known on*, and what of it is drawn.

    :raises ValidationError: for a parameter that cannot be read.
    :raises Http404: for a code that no population can have.
    """
    given = _given(params, *_OF_OUTSTANDING, "without", repeatable="without")
    population = given.get("population")
    if population is not None and not _CODE.fullmatch(population):
        raise Http404(NO_POPULATION)
    valid_at, known_on, begin, end = (_day(name, given) for name in _OF_OUTSTANDING[1:])
    _check_period(begin, end)
    without = _claimants(params.getlist("without"))
    return Asked(population, valid_at, known_on, begin, end, without)


def discrepancies(params: QueryDict) -> DiscrepancyState:
    """Read which contradictions are wanted; the open ones unless said otherwise.

    :raises ValidationError: for a state that is none.
    """
    state = _given(params, "state").get("state", DiscrepancyState.OPEN)
    if state not in DiscrepancyState.values:
        known = ", ".join(DiscrepancyState.values)
        message = _("“%(state)s” is not a state of a discrepancy. Choose one of: %(known)s.") % {
            "state": state[:40],
            "known": known,
        }
        raise ValidationError(message, code="state")
    return DiscrepancyState(state)


def changes(params: QueryDict) -> datetime | None:
    """Read since when changes are wanted: from the beginning of a day; None is left to the page.

    :raises ValidationError: for a day that cannot be read, or has not come.
    """
    day = _day("since", _given(params, "since"))
    if day is None:
        return None
    if day > clock.today():
        message = _("“%(day)s” has not come yet. Give a day of the past, or today.") % {
            "day": day.isoformat()
        }
        raise ValidationError(message, code="day")
    return datetime.combine(day, time.min, tzinfo=UTC)


def caseload(params: QueryDict) -> tuple[bool, str]:
    """Read whether all organisations are meant, and which phase; the own and all unless said.

    :raises ValidationError: for a value that is none.
    """
    given = _given(params, "scope", "phase")
    scope = _one_of("scope", given.get("scope", "own"), ("own", "all"))
    phase = given.get("phase", "")
    return scope == "all", phase and _one_of("phase", phase, Phase.values)


def returns(params: QueryDict) -> journeys.Asked:
    """Read period, route, mediating body and population.

    :raises ValidationError: for what cannot be read, or a period that ends before it begins.
    """
    names = ("arrived_after", "arrived_before", "route", "mediator", "population")
    given = _given(params, *names)
    first, last = _day("arrived_after", given), _day("arrived_before", given)
    if first and last and last < first:
        message = _("The period ends before it begins. Choose a later day for “arrived before”.")
        raise ValidationError(message, code="period")
    mediator = key(given["mediator"]) if "mediator" in given else None
    if "mediator" in given and mediator is None:
        message = _("“%(text)s” is not a mediating body. Choose one from the list on the page.") % {
            "text": given["mediator"][:40]
        }
        raise ValidationError(message, code="mediator")
    for name in ("route", "population"):
        if not _CODE.fullmatch(given.get(name, "x")):
            message = _("“%(text)s” cannot be a code. Choose one from the list on the page.") % {
                "text": given[name][:40]
            }
            raise ValidationError(message, code=name)
    return journeys.Asked(first, last, given.get("route"), mediator, given.get("population"))


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value in known:
        return value
    message = _("“%(value)s” is not a value of %(name)s. Choose one of: %(known)s.") % {
        "value": value[:40],
        "name": name,
        "known": ", ".join(known),
    }
    raise ValidationError(message, code=name)


def nothing(params: QueryDict) -> None:
    """Refuse any parameter.

    :raises ValidationError: naming it.
    """
    _given(params)


def figure(text: str) -> UUID:
    """Read the id of a figure.

    :raises Http404: in the words used where there is no such figure.
    """
    found = key(text)
    if found is None:
        raise Http404(NO_FIGURE)
    return found


def key(text: str) -> UUID | None:
    """Read an id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def batch(params: QueryDict) -> UUID | None:
    """Read which batch is wanted, if one is.

    :raises ValidationError: for another parameter.
    :raises Http404: for what is no id.
    """
    text = _given(params, "batch").get("batch")
    found = key(text) if text else None
    if text and found is None:
        raise Http404(NO_BATCH)
    return found


def _check_period(begin: date | None, end: date | None) -> None:
    if begin and end and begin > end:
        message = _("The period ends on %(end)s, before it begins on %(begin)s. Turn them round.")
        raise ValidationError(message % {"begin": begin, "end": end}, code="period")


def _claimants(keys: Sequence[str]) -> tuple[str, ...]:
    """Read whom the chart leaves out; one who says nothing on this day is no mistake."""
    given = tuple(dict.fromkeys(found for text in keys if (found := text.strip())))
    if len(given) > _MOST_CLAIMANTS or not all(_CLAIMANT.fullmatch(text) for text in given):
        message = _("“without” names claimants who cannot be. Choose them in the key of the chart.")
        raise ValidationError(message, code="without")
    return given


def _given(params: QueryDict, *known: str, repeatable: str = "") -> dict[str, str]:
    """Give the parameters that are not empty; unknown and repeated ones are refused."""
    for name in params:
        if name not in known:
            raise ValidationError(_unknown(name[:40], known), code="unknown_parameter")
        if name != repeatable and len(params.getlist(name)) > 1:
            message = _("“%(name)s” is given more than once. Give it once.") % {"name": name}
            raise ValidationError(message, code="repeated_parameter")
    values = {name: value.strip() for name, value in params.items() if isinstance(value, str)}
    return {name: value for name, value in values.items() if value}


def _unknown(name: str, known: Sequence[str]) -> str:
    if not known:
        return _("“%(name)s” is not a parameter of this page. This page knows none.") % {
            "name": name
        }
    return _("“%(name)s” is not a parameter of this page. This page knows: %(known)s.") % {
        "name": name,
        "known": ", ".join(known),
    }


def _day(name: str, given: dict[str, str]) -> date | None:
    text = given.get(name)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        message = _("“%(text)s” is not a day that %(name)s can be. Write it like 2025-07-04.") % {
            "text": text[:40],
            "name": name,
        }
        raise ValidationError(message, code="day")
    return day
