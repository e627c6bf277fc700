"""What a program wrote into a cell, as somebody would type it."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_NO_DAY_BEFORE = date(1900, 3, 1)
"""Excel has a 29 February 1900, which never was: days before it are one off, or none."""


def text_of(cell: Any) -> str:
    """Write a cell as somebody would type it.

    :raises ValidationError: for a day that Excel counts wrongly, and for a time of day.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        if cell < _NO_DAY_BEFORE:
            message = _("Excel counts the days before March 1900 wrongly. Write the date as text.")
            raise ValidationError(message, code="excel_date")
        return cell.isoformat()
    if isinstance(cell, time):
        message = _("This cell is a time of day, or a date that Excel does not have.")
        raise ValidationError(message, code="excel_date")
    return str(cell).strip()
