"""Strict reading of the values that stand in a query string."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d([.]\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_LONGEST_NUMBER = 9
SHOWN = 40


def day(text: str) -> date:
    """Read a day.

    :raises ValidationError: for anything but year-month-day.
    """
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    message = _("“%(text)s” is not a day. Write it as 2024-11-22.") % {"text": text[:SHOWN]}
    raise ValidationError(message, code="day")


def moment(text: str) -> datetime:
    """Read a moment, and give it in UTC.

    :raises ValidationError: without a time zone, or outside the years that a database knows.
    """
    if _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    message = _(
        "“%(text)s” is not a moment. Write it as 2024-11-22T18:30:00Z; in an address, the "
        "+ of a time zone is written %%2B."
    ) % {"text": text[:SHOWN]}
    raise ValidationError(message, code="moment")


def key(text: str) -> UUID:
    """Read an id.

    :raises ValidationError: for anything but a UUID in its usual form.
    """
    if _KEY.fullmatch(text):
        return UUID(text)
    raise ValidationError(_("“%(text)s” is not an id.") % {"text": text[:SHOWN]}, code="id")


def number(text: str) -> int:
    """Read a whole number of at most nine digits.

    :raises ValidationError: for anything else.
    """
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    message = _("“%(text)s” is not a whole number of at most %(digits)s digits.") % {
        "text": text[:SHOWN],
        "digits": _LONGEST_NUMBER,
    }
    raise ValidationError(message, code="number")


def flag(text: str) -> bool:
    """Read true or false.

    :raises ValidationError: for any other word.
    """
    if text in {"true", "false"}:
        return text == "true"
    raise ValidationError(
        _("“%(text)s” is neither true nor false.") % {"text": text[:SHOWN]}, code="flag"
    )


class TextField(forms.CharField):
    """A form field that reads its text with one of the functions above."""

    def __init__(self, *, reads: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reads = reads

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.reads(text) if text else None
