"""What ranks beside a name: sex, age and place; and the reasons, as a person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from cases.rules.names.likeness import SAME, Pairing
from cases.vocabulary.individuals import Sex

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Weight = tuple[float, StrOrPromise | None]

_SAME_SEX, _OTHER_SEX = 0.01, -0.15
_SAME_AGE, _NEAR_AGE, _OTHER_AGE = 0.03, 0.01, -0.12
_SAME_PLACE = 0.03
_DAYS_OF_A_YEAR = 366
_NEAR_YEARS, _FAR_YEARS = 2, 8

Bounds = tuple[date | None, date | None]


NOT_KNOWN: Bounds = (None, None)


@dataclass(frozen=True)
class Wanted:
    """What is known of somebody beside the name; nothing bars, all of it ranks."""

    sex: str = ""
    born: Bounds = NOT_KNOWN
    places: frozenset[UUID] = frozenset()


ANYBODY = Wanted()


def born(age: int | None, earliest: date | None, latest: date | None) -> Bounds:
    """Give the days on which somebody of ``age`` on some day of a span may have been born."""
    if age is None or earliest is None or latest is None:
        return NOT_KNOWN
    return date(earliest.year - age - 1, 1, 1), date(latest.year - age, 12, 31)


def weigh(wanted: Wanted, known: Wanted) -> "tuple[float, tuple[StrOrPromise, ...]]":
    """Give what circumstances add to a likeness, and their reasons, put into words when read."""
    parts = [_sex(wanted.sex, known.sex), _age(wanted.born, known.born)]
    if wanted.places & known.places:
        parts.append((_SAME_PLACE, gettext_lazy("the same place")))
    reasons = tuple(reason for _score, reason in parts if reason is not None)
    return sum(score for score, _reason in parts), reasons


def _sex(wanted: str, known: str) -> "Weight":
    if not wanted or not known or Sex.UNKNOWN in {wanted, known}:
        return 0.0, None
    return (_SAME_SEX, None) if wanted == known else (_OTHER_SEX, gettext_lazy("another sex"))


def _age(wanted: Bounds, known: Bounds) -> "Weight":
    apart = _years_apart(wanted, known)
    if apart is None:
        return 0.0, None
    if apart == 0:
        return _SAME_AGE, gettext_lazy("born at the same time")
    if apart <= _NEAR_YEARS:
        return _NEAR_AGE, gettext_lazy("born within two years")
    return (_OTHER_AGE, _born_apart(apart)) if apart > _FAR_YEARS else (0.0, None)


def _apart_in_words(years: int) -> str:
    return ngettext("born %(years)s year apart", "born %(years)s years apart", years) % {
        "years": years
    }


_born_apart = lazy(_apart_in_words, str)


def _years_apart(one: Bounds, other: Bounds) -> int | None:
    """Give the least number of years between two spans of days, begun ones counting as whole."""
    if None in {*one, *other}:
        return None
    later_start, earlier_end = max(one[0], other[0]), min(one[1], other[1])  # type: ignore[type-var]
    if later_start <= earlier_end:  # type: ignore[operator]
        return 0
    return -(-(later_start - earlier_end).days // _DAYS_OF_A_YEAR)  # type: ignore[operator]


def in_words(sought: Sequence[str], pairings: Sequence[Pairing]) -> tuple[str, ...]:
    """Say of each word why it is taken for another; of words not found, that they are not."""
    found = {pairing.sought for pairing in pairings}
    told = [_told(pairing) for pairing in pairings]
    told += [
        _("“%(word)s” is in none of the names") % {"word": word}
        for word in sought
        if word not in found
    ]
    return tuple(told)


def _told(pairing: Pairing) -> str:
    if pairing.sought == pairing.found and pairing.likeness.score == SAME:
        return _("“%(word)s” as written") % {"word": pairing.found}
    return _("“%(sought)s” ~ “%(found)s”: %(reason)s") % {
        "sought": pairing.sought,
        "found": pairing.found,
        "reason": _(pairing.likeness.why),
    }
