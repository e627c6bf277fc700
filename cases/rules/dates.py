"""Partial dates: a documented subset of EDTF (ISO 8601-2), with the days it implies."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _, gettext_noop

EXAMPLES = gettext_noop(
    "2024, 2024-08, 2024-08-06, 2024-08~ (about), 2025-06-24? (uncertain), "
    "2025-07-03/2025-07-04, 2024-08/.. (from), ../2024-11-22 (until), [2024-08,2024-09] (one of)"
)
MAX_LENGTH = 64

_POINT = re.compile(
    r"(?P<year>[12]\d{3})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?(?P<mark>[~?%])?", re.A
)
_ONE_OF = re.compile(r"\[([^\[\],]+(?:,[^\[\],]+)+)\]")
_ENDS = 2


@dataclass(frozen=True)
class PartialDate:
    """What a person would write, and the first and last day it can mean; None is open."""

    text: str
    earliest: date | None
    latest: date | None
    is_approximate: bool = False
    is_uncertain: bool = False


def parse(text: str) -> PartialDate:
    """Read a partial date.

    :raises ValidationError: for anything outside the subset, naming the part that is wrong.
    """
    text = text.strip()
    if one_of := _ONE_OF.fullmatch(text):
        return _spanning(text, [_point(part.strip()) for part in one_of[1].split(",")])
    if "/" not in text:
        return _point(text)
    ends = text.split("/")
    if len(ends) != _ENDS or ends == ["..", ".."]:
        raise _refusal(text)
    first = None if ends[0] == ".." else _point(ends[0])
    last = None if ends[1] == ".." else _point(ends[1])
    return _interval(text, first, last)


def check(text: str) -> None:
    """Refuse a text that is not a partial date.

    :raises ValidationError: see :func:`parse`.
    """
    parse(text)


def bounds(text: str) -> tuple[date | None, date | None]:
    """Give the first and last day of a partial date; both are None for an empty text."""
    if not text:
        return None, None
    parsed = parse(text)
    return parsed.earliest, parsed.latest


def check_past(field: str, text: str, on: date) -> None:
    """Refuse a date of what is said to have happened that lies wholly after the day ``on``.

    :raises ValidationError: saying what to do.
    """
    try:
        earliest = bounds(text)[0]
    except ValidationError:
        return  # the field's own complaint
    if earliest is not None and earliest > on:
        said = in_words(text)
        message = _(
            "%(date)s has not come yet. "
            "Record what happened once it has; a plan is a task, or a date of its batch."
        ) % {"date": said[:1].upper() + said[1:]}
        raise ValidationError({field: ValidationError(message, code="in_the_future")})


def _point(text: str) -> PartialDate:
    match = _POINT.fullmatch(text)
    if match is None:
        raise _refusal(text)
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        earliest = date(year, int(month or 1), int(day or 1))
    except ValueError:
        raise _refusal(text) from None
    last_month = int(month or 12)
    latest = date(year, last_month, int(day or calendar.monthrange(year, last_month)[1]))
    mark = match["mark"] or ""
    return PartialDate(text, earliest, latest, mark in {"~", "%"}, mark in {"?", "%"})


def _interval(text: str, first: PartialDate | None, last: PartialDate | None) -> PartialDate:
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and latest < earliest:
        message = _("“%(text)s” ends before it begins. Write the earlier date first.") % {
            "text": text
        }
        raise ValidationError(message, code="partial_date")
    ends = [end for end in (first, last) if end]
    return PartialDate(
        text,
        earliest,
        latest,
        any(end.is_approximate for end in ends),
        any(end.is_uncertain for end in ends),
    )


def _spanning(text: str, points: list[PartialDate]) -> PartialDate:
    return PartialDate(
        text,
        min(point.earliest for point in points if point.earliest),
        max(point.latest for point in points if point.latest),
        any(point.is_approximate for point in points),
        any(point.is_uncertain for point in points),
    )


def _refusal(text: str) -> ValidationError:
    message = _("“%(text)s” is not a date we can read. Write one of: %(examples)s.") % {
        "text": text[:MAX_LENGTH],
        "examples": _(EXAMPLES),
    }
    return ValidationError(message, code="partial_date")


def in_words(text: str) -> str:
    """Say a partial date as a reader would: “August 2024”, “about 24 June 2025”, “until …”."""
    if not text:
        return _("no date")
    if one_of := _ONE_OF.fullmatch(text):
        points = (_point_in_words(part.strip()) for part in one_of[1].split(","))
        return reduce(
            lambda one, other: _("%(one)s or %(other)s") % {"one": one, "other": other}, points
        )
    if "/" not in text:
        return _point_in_words(text)
    first, last = text.split("/")
    if first == "..":
        return _("until %(date)s") % {"date": _point_in_words(last)}
    if last == "..":
        return _("from %(date)s") % {"date": _point_in_words(first)}
    ends = {"first": _point_in_words(first), "last": _point_in_words(last)}
    return _("%(first)s to %(last)s") % ends


def _point_in_words(text: str) -> str:
    mark = text[-1] if text[-1] in "~?%" else ""
    said = _day_in_words(*text.rstrip("~?%").split("-"))
    if mark == "~":
        return _("about %(date)s") % {"date": said}
    if mark == "?":
        return _("%(date)s (uncertain)") % {"date": said}
    return _("about %(date)s (uncertain)") % {"date": said} if mark else said


def _day_in_words(year: str, month: str = "", day: str = "") -> str:
    if not month:
        return year
    if day:
        return date_format(date(int(year), int(month), int(day)))
    said = date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT")
    # A month alone has a capital in all of Django's languages; within a sentence English has it.
    return said if get_language() in {None, "en-gb"} else said.lower()
