"""Arithmetic of claimed figures: bounds, intervals, the bridge from one stock to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules.machine import Machine
from cases.rules.numbers import grouped
from cases.vocabulary.counts import BridgeVerdict, CountState, PopulationCategory, Qualifier

ENDED = (CountState.SUPERSEDED, CountState.RETRACTED)
"""States of a figure that counts no longer."""
STATE = Machine(
    title="A reported figure",
    subject=gettext_lazy("A figure"),
    noun=gettext_lazy("a state of a figure"),
    terms=CountState,
    column="state",
    asked="state",
    starts=frozenset({CountState.DRAFT}),
    steps={
        CountState.DRAFT: frozenset({CountState.VERIFIED, *ENDED}),
        CountState.VERIFIED: frozenset(ENDED),
        CountState.DISPUTED: frozenset({CountState.VERIFIED, *ENDED}),
        CountState.SUPERSEDED: frozenset(),
        CountState.RETRACTED: frozenset(),
    },
    end=gettext_lazy("nothing: it counts no longer"),
)

OUTSTANDING_CATEGORIES = (
    PopulationCategory.HELD,
    PopulationCategory.MISSING,
    PopulationCategory.STRANDED,
    PopulationCategory.AWAITING_RETURN,
)


@dataclass(frozen=True)
class Interval:
    """Whole numbers from ``low`` to ``high``; None is open. Counts are never below nought."""

    low: int | None = None
    high: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is known of either end."""
        return self.low is None and self.high is None

    def meets(self, other: "Interval") -> bool:
        """Say whether some number lies in both."""
        return _at_most(self.low, other.high) and _at_most(other.low, self.high)

    def plus(self, other: "Interval") -> "Interval":
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: "Interval") -> "Interval":
        """Subtract: the least of one less the most of the other, and the reverse.

        Stops at nought: a stock of people cannot be negative. A high below nought means that more
        left than were there: the interval is then empty.
        """
        low = _difference(self.low, other.high)
        return Interval(None if low is None else max(low, 0), _difference(self.high, other.low))

    def __str__(self) -> str:
        if self.low is None:
            if self.high is None:
                return _("no bounds")
            return _("%(number)s or fewer") % {"number": grouped(self.high)}
        if self.high is None:
            return _("%(number)s or more") % {"number": grouped(self.low)}
        if self.low == self.high:
            return grouped(self.low)
        return _("%(low)s to %(high)s") % {
            "low": grouped(self.low),
            "high": grouped(self.high),
        }


def _at_most(low: int | None, high: int | None) -> bool:
    return low is None or high is None or low <= high


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _difference(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


_NEEDS_VALUE = frozenset(Qualifier) - {
    Qualifier.BETWEEN,
    Qualifier.SEVERAL,
    Qualifier.DIRECTION_ONLY,
    Qualifier.UNKNOWN,
}
_SEVERAL_MEANS_AT_LEAST = 2


def implied_bounds(
    qualifier: str, value: int | None, low: int | None = None, high: int | None = None
) -> Interval:
    """Give the bounds that a qualifier implies (counting rule 1).

    ``low`` and ``high`` are taken as given for *between* alone.

    :raises ValidationError: if the qualifier is unknown, or needs a value, or a low and a high,
        and has none.
    """
    if qualifier not in Qualifier.values:
        message = _("“%(qualifier)s” is not a qualifier. It is one of: %(known)s.") % {
            "qualifier": qualifier,
            "known": ", ".join(Qualifier.values),
        }
        raise ValidationError({"qualifier": ValidationError(message, code="unknown_qualifier")})
    kind = Qualifier(qualifier)
    if kind is Qualifier.BETWEEN:
        return _between(low, high)
    if kind not in _NEEDS_VALUE:
        return Interval(_SEVERAL_MEANS_AT_LEAST if kind is Qualifier.SEVERAL else None, None)
    if value is None:
        message = _("“%(qualifier)s” needs a number. Enter the stated value.") % {
            "qualifier": kind.label
        }
        raise ValidationError({"stated_value": ValidationError(message, code="value_missing")})
    return {
        Qualifier.EXACT: Interval(value, value),
        Qualifier.MORE_THAN: Interval(value + 1, None),
        Qualifier.AT_LEAST: Interval(value, None),
        Qualifier.LESS_THAN: Interval(None, value - 1),
        Qualifier.AT_MOST: Interval(None, value),
        Qualifier.ALMOST: Interval(None, value - 1),
        Qualifier.ABOUT: Interval(None, None),
    }[kind]


def _between(low: int | None, high: int | None) -> Interval:
    if low is None or high is None or low > high:
        message = _("“between” needs a low and a high figure, the low one first.")
        raise ValidationError({"low": ValidationError(message, code="bounds_missing")})
    return Interval(low, high)


def check_bounds(qualifier: str, value: int | None, low: int | None, high: int | None) -> None:
    """Refuse bounds that contradict the qualifier.

    :raises ValidationError: naming what the bounds should be.
    """
    implied = implied_bounds(qualifier, value, low, high)
    if Interval(low, high) != implied:
        stated = "" if value is None else f" {grouped(value)}"
        message = _(
            "The bounds “%(bounds)s” contradict “%(stated)s”, which means “%(implied)s”. "
            "Leave the bounds empty and they are filled in."
        ) % {
            "bounds": Interval(low, high),
            "stated": f"{Qualifier(qualifier).label}{stated}",
            "implied": implied,
        }
        raise ValidationError({"low": ValidationError(message, code="bounds_contradict")})


@dataclass(frozen=True)
class Basis:
    """What a figure is about: figures add up only where all three are the same."""

    population: str
    measure: str
    unit: str


_NOT_ADDABLE = {
    "population": gettext_lazy(
        "Figures of different populations cannot be added: %(listed)s. "
        "Ask for one at a time; the figures then stand side by side."
    ),
    "measure": gettext_lazy(
        "Figures of different measures cannot be added: %(listed)s. "
        "Ask for one at a time; the figures then stand side by side."
    ),
    "unit": gettext_lazy(
        "Figures of different units cannot be added: %(listed)s. "
        "Ask for one at a time; the figures then stand side by side."
    ),
}
_OTHER_THAN_WHOLE = {
    "population": gettext_lazy(
        "The subgroup has the population “%(one)s”, its whole has “%(other)s”. "
        "A subgroup has the population of its whole."
    ),
    "measure": gettext_lazy(
        "The subgroup has the measure “%(one)s”, its whole has “%(other)s”. "
        "A subgroup has the measure of its whole."
    ),
    "unit": gettext_lazy(
        "The subgroup has the unit “%(one)s”, its whole has “%(other)s”. "
        "A subgroup has the unit of its whole."
    ),
}


def check_addable(bases: Iterable[Basis]) -> None:
    """Refuse a sum over figures of different populations, measures or units (counting rule 5).

    :raises ValidationError: naming what differs.
    """
    distinct = set(bases)
    for name, sentence in _NOT_ADDABLE.items():
        values = {getattr(basis, name) for basis in distinct}
        if len(values) > 1:
            message = sentence % {"listed": ", ".join(sorted(values))}
            raise ValidationError(message, code="not_addable")


def check_subgroup(part: Basis, whole: Basis, *, is_same_batch: bool = True) -> None:
    """Refuse a subgroup of another population, measure, unit or batch than its whole.

    :raises ValidationError: naming what differs.
    """
    for name, sentence in _OTHER_THAN_WHOLE.items():
        one, other = getattr(part, name), getattr(whole, name)
        if one != other:
            message = sentence % {"one": one, "other": other}
            raise ValidationError({"part_of": ValidationError(message, code="other_whole")})
    if not is_same_batch:
        message = _("A subgroup names the batch of its whole. Choose the same batch.")
        raise ValidationError({"batch": ValidationError(message, code="other_whole")})


def total(intervals: Sequence[Interval]) -> Interval:
    """Add intervals up; nothing adds up to nought. Callers ask :func:`check_addable` first."""
    return reduce(Interval.plus, intervals, Interval(0, 0))


def hull(intervals: Sequence[Interval]) -> Interval:
    """Give the narrowest interval around several claims of one thing; no side is taken."""
    lows, highs = [i.low for i in intervals], [i.high for i in intervals]
    return Interval(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


@dataclass(frozen=True)
class Bridge:
    """Whether the first stock, less what left, can be the second stock."""

    expected: Interval
    verdict: BridgeVerdict


def bridge(
    start: Interval,
    certain: Sequence[Interval],
    possible: Sequence[Interval],
    end: Interval,
) -> Bridge:
    """Compare two stocks through the flows between (counting rule 4).

    ``certain`` flows lie wholly between the two stocks; ``possible`` ones may lie outside, and
    are subtracted as anything from nought to their high. A flow without a low is taken from nought.
    """
    flows = [Interval(flow.low or 0, flow.high) for flow in certain]
    flows += [Interval(0, flow.high) for flow in possible]
    if start.is_open or end.is_open:
        return Bridge(start.minus(total(flows)), BridgeVerdict.NOT_COMPARABLE)
    expected = start.minus(total(flows))
    if expected.is_open:
        return Bridge(expected, BridgeVerdict.NOT_COMPARABLE)
    is_empty = not _at_most(expected.low or 0, expected.high)
    fits = not is_empty and expected.meets(end)
    return Bridge(expected, BridgeVerdict.CONSISTENT if fits else BridgeVerdict.INCONSISTENT)


def contradict(one: Interval, other: Interval) -> bool:
    """Say whether two figures for the same thing cannot both be so (counting rule 6)."""
    return not one.meets(other)


def exceeds(part: Interval, whole: Interval) -> bool:
    """Say whether a subgroup is certainly larger than its whole (counting rule 7: a warning)."""
    return not _at_most(part.low, whole.high)
