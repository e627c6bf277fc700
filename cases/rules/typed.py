"""Numbers, days and truths as people type them into tables: read in one way, or refused."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHOWN = 40
_GAPS = re.compile("[ \u00a0\u202f]")
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}([.,]\d{1,15})?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})( 0?0:00(:00)?)?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00)?(\.0+)?", re.ASCII)
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "y", "1", "да", "так", "істина", "истина", "+"), True),
    **dict.fromkeys(("false", "no", "n", "0", "нет", "ні", "хибність", "ложь", "-"), False),
}


def whole_number(text: str) -> int:
    """Read a whole number; blanks may stand between thousands, nothing else.

    :raises ValidationError: for “1,234” and the like, which two readers read in two ways.
    """
    plain = _GAPS.sub("", text) if _GROUPED.fullmatch(text) else text
    if _WHOLE.fullmatch(plain) is None:
        message = _("“%(text)s” is not a whole number. Write it with the digits 0 to 9.") % {
            "text": text[:SHOWN]
        }
        raise ValidationError(message, code="number")
    return int(plain)


def decimal(text: str) -> Decimal:
    """Read a number with a decimal point or a decimal comma.

    :raises ValidationError: for anything else.
    """
    if _DECIMAL.fullmatch(text) is None:
        message = _("“%(text)s” is not a number. Write it as 50.45 or 50,45.") % {
            "text": text[:SHOWN]
        }
        raise ValidationError(message, code="number")
    return Decimal(text.replace(",", "."))


def truth(text: str) -> bool:
    """Read yes or no in three languages.

    :raises ValidationError: for anything else.
    """
    found = _TRUTHS.get(text.casefold())
    if found is None:
        message = _("“%(text)s” is neither yes nor no.") % {"text": text[:SHOWN]}
        raise ValidationError(message, code="truth")
    return found


def day(text: str) -> str:
    """Write a day as 06.08.2024 or 2024-08-06 00:00 in the tracker's own form; leave all else.

    What is left, such as 08/06/2024, the field itself refuses with its examples.
    """
    if match := _DAY_FIRST.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    return text
