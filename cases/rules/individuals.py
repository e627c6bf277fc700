"""People: the reference of a case, plausible ages, ties and their inverses."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.individuals import FamilyTie

OLDEST_AGE = 125
AGE_OF_MAJORITY = 18
_DIGITS = "0123456789"
_BASE = 97
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15

INVERSE_TIE: dict[str, str] = {
    FamilyTie.MOTHER: FamilyTie.CHILD,
    FamilyTie.FATHER: FamilyTie.CHILD,
    FamilyTie.PARENT: FamilyTie.CHILD,
    FamilyTie.CHILD: FamilyTie.PARENT,
    FamilyTie.GRANDPARENT: FamilyTie.GRANDCHILD,
    FamilyTie.GRANDCHILD: FamilyTie.GRANDPARENT,
    FamilyTie.SIBLING: FamilyTie.SIBLING,
    FamilyTie.SPOUSE: FamilyTie.SPOUSE,
    FamilyTie.GUARDIAN: FamilyTie.WARD,
    FamilyTie.WARD: FamilyTie.GUARDIAN,
    FamilyTie.RELATIVE: FamilyTie.RELATIVE,
}


def are_inverse(tie: str, back: str) -> bool:
    """Say whether two ties are one seen from both ends: mother and child, child and parent."""
    return INVERSE_TIE[tie] == back or INVERSE_TIE[back] == tie


def case_number(serial: int) -> str:
    """Write the reference of an organisation's ``serial``-th case: ``C-000042-69``.

    The last two digits are the check of ISO 7064 MOD 97-10: a slip of one digit, or two digits
    swapped, is noticed. Nothing of the person is in it.
    """
    digits = f"{serial:06d}"
    return f"C-{digits}-{_check_digits(digits)}"


def check_case_number(number: str) -> None:
    """Refuse a mistyped reference.

    :raises ValidationError: saying what it should look like.
    """
    letter, _dash, rest = number.partition("-")
    digits, _dash, check = rest.partition("-")
    is_long_enough = _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
    is_plain = letter == "C" and is_long_enough and set(digits) <= set(_DIGITS)
    if not is_plain or check != _check_digits(digits):
        message = _("“%(number)s” is not a case number. One looks like %(example)s; check it.") % {
            "number": number,
            "example": case_number(42),
        }
        raise ValidationError({"case_number": ValidationError(message, code="case_number")})


def looks_like_number(word: str) -> bool:
    """Say whether somebody who types ``word`` means a case number: names hold no digits."""
    return any(digit in _DIGITS for digit in word)


def number_begun(word: str) -> str:
    """Complete what is typed of a case number to its beginning: ``42`` is ``C-000042``."""
    if set(word) <= set(_DIGITS):
        return f"C-{word.zfill(_FEWEST_DIGITS)}"
    return word.upper()


def _check_digits(digits: str) -> str:
    return f"{_BASE + 1 - int(digits) * 100 % _BASE:02d}"


def check_age(age: int | None, as_of: str) -> None:
    """Refuse an age without the day it was said of.

    :raises ValidationError: saying what to add.
    """
    if age is not None and not as_of:
        message = _(
            "An age needs the date it was said of. Enter that date, or leave the age empty."
        )
        raise ValidationError({"age_as_of_edtf": ValidationError(message, code="age_undated")})


def is_minor(age: int | None, *, born_latest: date | None, on: date) -> bool:
    """Say whether somebody may be a minor, by the last possible day of birth or else a stated age.

    Somebody of whom neither is known is not taken for one.
    """
    if born_latest is not None:
        had_birthday = (on.month, on.day) >= (born_latest.month, born_latest.day)
        return on.year - born_latest.year - (not had_birthday) < AGE_OF_MAJORITY
    return age is not None and age < AGE_OF_MAJORITY
