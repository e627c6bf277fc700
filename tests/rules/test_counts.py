"""Counting rules, with numbers worked by hand."""

import pytest
from hypothesis import given, strategies as st

from cases.rules import counts
from cases.rules.counts import Basis, Interval
from cases.vocabulary.counts import BridgeVerdict, Qualifier
from tests.refusals import sentence_of

NUMBERS = st.integers(min_value=0, max_value=60)
CLOSED = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Interval(min(ends), max(ends)))
HALF_OPEN = NUMBERS.flatmap(lambda n: st.sampled_from([Interval(n, None), Interval(None, n)]))
INTERVALS = CLOSED | HALF_OPEN | st.just(Interval())
MOST = 200


def numbers_in(interval: Interval) -> range:
    return range(interval.low or 0, (MOST if interval.high is None else interval.high) + 1)


@pytest.mark.parametrize(
    ("qualifier", "value", "low", "high"),
    [
        ("exact", 46, 46, 46),
        ("more_than", 20, 21, None),
        ("at_least", 20, 20, None),
        ("less_than", 30, None, 29),
        ("at_most", 30, None, 30),
        ("almost", 50, None, 49),
        ("about", 3000, None, None),
        ("several", None, 2, None),
        ("direction_only", None, None, None),
        ("unknown", None, None, None),
    ],
)
def test_bounds_follow_the_qualifier(qualifier, value, low, high):
    assert counts.implied_bounds(qualifier, value) == Interval(low, high)
    counts.check_bounds(qualifier, value, low, high)


def test_between_takes_the_bounds_given():
    assert counts.implied_bounds("between", None, 20, 30) == Interval(20, 30)


@pytest.mark.parametrize(("low", "high"), [(None, 30), (20, None), (30, 20)])
def test_between_needs_both_bounds_in_order(low, high):
    said = sentence_of(counts.implied_bounds, "between", None, low, high)

    assert said == "“between” needs a low and a high figure, the low one first."


@pytest.mark.parametrize("qualifier", ["exact", "more_than", "almost", "about"])
def test_a_qualifier_of_a_number_needs_the_number(qualifier):
    label = Qualifier(qualifier).label

    said = sentence_of(counts.implied_bounds, qualifier, None)

    assert said == f"“{label}” needs a number. Enter the stated value."


@pytest.mark.parametrize("qualifier", ["", "roughly"])
def test_an_unknown_qualifier_is_a_refusal_and_no_crash(qualifier):
    assert "is not a qualifier" in sentence_of(counts.implied_bounds, qualifier, 5)


def test_bounds_that_contradict_the_qualifier_are_refused():
    said = sentence_of(counts.check_bounds, "more_than", 20, 20, None)

    assert said == (
        "The bounds “20 or more” contradict “more than 20”, which means “21 or more”. "
        "Leave the bounds empty and they are filled in."
    )


def test_contradicting_bounds_without_a_number_name_the_qualifier_alone():
    assert "contradict “several”," in sentence_of(counts.check_bounds, "several", None, 1, 5)


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (Interval(1500, 3000), "1,500 to 3,000"),
        (Interval(46, 46), "46"),
        (Interval(21, None), "21 or more"),
        (Interval(None, 49), "49 or fewer"),
    ],
)
def test_an_interval_is_said_in_words(interval, said):
    assert str(interval) == said


@given(INTERVALS, INTERVALS)
def test_two_intervals_meet_where_a_number_lies_in_both(one, other):
    shared = set(numbers_in(one)) & set(numbers_in(other))

    assert one.meets(other) is bool(shared)
    assert counts.contradict(one, other) is not bool(shared)


@given(CLOSED, CLOSED)
def test_sums_and_differences_hold_every_possible_result(one, other):
    sums = [a + b for a in numbers_in(one) for b in numbers_in(other)]
    rest = [a - b for a in numbers_in(one) for b in numbers_in(other)]

    assert one.plus(other) == Interval(min(sums), max(sums))
    assert one.minus(other) == Interval(max(min(rest), 0), max(rest))


def test_open_ends_stay_open():
    assert Interval(21, None).plus(Interval(1, 2)) == Interval(22, None)
    assert Interval(21, None).minus(Interval(1, None)) == Interval(None, None)


def test_a_sum_of_nothing_is_nought():
    assert counts.total([]) == Interval(0, 0)
    assert counts.total([Interval(1, 2), Interval(3, None)]) == Interval(4, None)


def test_the_hull_of_several_claims_is_open_where_one_of_them_is():
    assert counts.hull([Interval(30, 30), Interval(21, 25)]) == Interval(21, 30)
    assert counts.hull([Interval(30, 30), Interval(21, None)]) == Interval(21, None)
    assert counts.hull([Interval(30, 30), Interval(None, 49)]) == Interval(None, 49)


THIRTY, EIGHT = Interval(30, 30), Interval(8, 8)


@pytest.mark.parametrize(
    ("start", "certain", "possible", "end", "expected", "verdict"),
    [
        (THIRTY, [EIGHT], [], Interval(21, None), Interval(22, 22), "consistent"),
        (THIRTY, [EIGHT], [], Interval(25, 25), Interval(22, 22), "inconsistent"),
        (THIRTY, [], [EIGHT], Interval(25, 25), Interval(22, 30), "consistent"),
        (THIRTY, [Interval(8, None)], [], Interval(5, 5), Interval(None, 22), "consistent"),
        (THIRTY, [Interval(None, 8)], [], Interval(25, 25), Interval(22, 30), "consistent"),
        (THIRTY, [Interval(31, 31)], [], Interval(0, 0), Interval(0, -1), "inconsistent"),
        (Interval(None, 5), [EIGHT], [], Interval(None, 9), Interval(None, -3), "inconsistent"),
        (Interval(), [EIGHT], [], THIRTY, Interval(), "not_comparable"),
        (THIRTY, [EIGHT], [], Interval(), Interval(22, 22), "not_comparable"),
        (Interval(21, None), [Interval(1, None)], [], THIRTY, Interval(), "not_comparable"),
    ],
)
def test_the_bridge_from_one_stock_to_the_next(start, certain, possible, end, expected, verdict):
    answer = counts.bridge(start, certain, possible, end)

    assert answer == counts.Bridge(expected, BridgeVerdict(verdict))


@given(CLOSED | HALF_OPEN, CLOSED, CLOSED | HALF_OPEN)
def test_a_bridge_is_consistent_where_some_numbers_fit(start, flow, end):
    verdict = counts.bridge(start, [flow], [], end).verdict
    fits = any(
        stock - gone in numbers_in(end)
        for stock in numbers_in(start)
        for gone in numbers_in(flow)
        if stock >= gone
    )

    assert verdict == (BridgeVerdict.CONSISTENT if fits else BridgeVerdict.INCONSISTENT)


HELD = Basis("held", "stock", "person")


def test_figures_of_one_thing_can_be_added():
    counts.check_addable([HELD, HELD])


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (Basis("missing", "stock", "person"), "populations"),
        (Basis("held", "cumulative", "person"), "measures"),
        (Basis("held", "stock", "household"), "units"),
    ],
)
def test_figures_of_different_things_cannot_be_added(other, what):
    assert f"Figures of different {what} cannot be added" in sentence_of(
        counts.check_addable, [HELD, other]
    )


@pytest.mark.parametrize(
    ("part", "word"),
    [
        (Basis("missing", "stock", "person"), "population"),
        (Basis("held", "cumulative", "person"), "measure"),
        (Basis("held", "stock", "household"), "unit"),
    ],
)
def test_a_subgroup_is_of_the_same_thing_as_its_whole(part, word):
    said = sentence_of(counts.check_subgroup, part, HELD)

    assert said.endswith(f"A subgroup has the {word} of its whole.")
    counts.check_subgroup(HELD, HELD)


def test_a_subgroup_exceeds_its_whole_only_where_that_is_certain():
    assert counts.exceeds(Interval(47, None), Interval(46, 46))
    assert not counts.exceeds(Interval(12, 12), Interval(46, 46))
    assert not counts.exceeds(Interval(12, 12), Interval(10, None))
