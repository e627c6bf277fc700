"""Can the first stock, less those who left, be the second? Numbers worked by hand."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from cases.queries.bridge import Comparison, bridges, chain
from cases.queries.outstanding import outstanding
from cases.rules.counts import Interval, hull
from cases.vocabulary.counts import BridgeVerdict, LinkKind, Measure
from tests.factories import CountLinkFactory, PopulationFactory, RepatriationBatchFactory
from tests.queries.scenes import about, flow, held_and_returned, says, stock

pytestmark = pytest.mark.django_db
DAYS: dict[str, Any] = {"start": date(2025, 7, 4), "end": date(2025, 9, 1)}


def compare(held) -> Comparison:
    [comparison] = bridges(held, **DAYS).comparisons
    return comparison


@pytest.fixture
def groups():
    """Thirty held on 4 July 2025."""
    held, returned = held_and_returned()
    stock(held, 30, says(reports=("SR-000",)), as_of_edtf="2025-07-04")
    return held, returned


@pytest.fixture
def later(groups):
    """More than twenty on 20 August, on another claimant's word."""
    held, _ = groups
    return stock(held, 20, says("Medinsky"), more_than=True, as_of_edtf="2025-08-20")


def test_thirty_less_eight_is_consistent_with_more_than_twenty(groups, later):
    held, returned = groups
    flow(returned, 8, says("Moskalkova"), as_of_edtf="2025-08-10")
    comparison = compare(held)
    assert comparison.expected == Interval(22, 22)
    assert comparison.levels == (Interval(30, 30), Interval(22, 22))
    assert comparison.verdict == BridgeVerdict.CONSISTENT
    assert comparison.in_words == (
        "Consistent: 30 less 8 gives 22; the later claim is “more than 20”."
    )


def test_thirty_less_fifteen_is_inconsistent_with_more_than_twenty(groups, later):
    held, returned = groups
    flow(returned, 15, says("Moskalkova"), as_of_edtf="2025-08-10")
    assert compare(held).verdict == BridgeVerdict.INCONSISTENT
    assert bridges(held, **DAYS).verdict == BridgeVerdict.INCONSISTENT


def test_about_is_not_comparable(groups):
    held, _ = groups
    about(held, 25, says("Medinsky"), as_of_edtf="2025-08-20")
    assert compare(held).verdict == BridgeVerdict.NOT_COMPARABLE


def test_a_flow_that_may_lie_outside_counts_from_nought(groups, later):
    held, returned = groups
    flow(returned, 15, says("Moskalkova"), as_of_edtf="2025-07/2025-12")
    comparison = compare(held)
    assert comparison.expected == Interval(15, 30)  # 30 less anything from 0 to 15
    assert comparison.verdict == BridgeVerdict.CONSISTENT
    assert "less 15 (if in the period)" in comparison.in_words


def test_what_is_left_out_has_its_reason(groups, later):
    held, returned = groups
    flow(returned, 46, says("A"), as_of_edtf="2024-11-22")
    flow(returned, 2, says("A"), as_of_edtf="2025-10")
    flow(returned, 132, says("A"), as_of_edtf="2025-08", measure=Measure.UNKNOWN)
    flow(returned, 3, says("A"), as_of_edtf="")
    comparison = compare(held)
    assert comparison.used == ()
    assert {claim.value: reason for claim, reason in comparison.left_out} == {
        46: "It was before the period.",
        2: "It was after the period.",
        132: "The measure is not a flow, or cannot be decided.",
        3: "The flow is undated.",
    }


def test_a_batch_is_subtracted_once_though_two_origins_count_it(groups, later):
    held, returned = groups
    batch = RepatriationBatchFactory(arrived=True)
    for speaker, value in (("Moskalkova", 8), ("Smirnov", 9)):
        flow(returned, value, says(speaker), as_of_edtf="2025-08-10", batch=batch)
    comparison = compare(held)
    [used] = comparison.used
    assert used.interval == Interval(8, 9)
    assert comparison.expected == Interval(21, 22)  # not 30 − 17 = 13
    assert comparison.verdict == BridgeVerdict.CONSISTENT
    assert "30 less 8 or 9 gives 21 to 22" in comparison.in_words


def test_two_batches_are_subtracted_twice(groups, later):
    held, returned = groups
    for _ in range(2):
        batch = RepatriationBatchFactory(arrived=True)
        flow(returned, 3, says("A"), as_of_edtf="2025-08-10", batch=batch)
    assert compare(held).expected == Interval(24, 24)


def test_a_rounding_of_a_headcount_is_not_subtracted_again(groups, later):
    held, returned = groups
    exact = flow(returned, 8, says("A"), as_of_edtf="2025-08-10")
    rounded = flow(returned, 10, says(reports=("SR-9",)), as_of_edtf="2025-08-10")
    CountLinkFactory(from_count=rounded, to_count=exact, kind=LinkKind.ROUNDS)
    assert compare(held).expected == Interval(22, 22)


def test_flows_out_of_another_population_do_not_count(groups, later):
    held, _ = groups
    flow(PopulationFactory(returned=True), 15, says("A"), as_of_edtf="2025-08-10")
    assert compare(held).expected == Interval(30, 30)


def test_ends_may_be_claims_and_an_unknown_one_is_refused(groups, later):
    held, _ = groups
    first = outstanding(held).series[-1].latest
    [comparison] = bridges(held, start=first.id, end=later.pk).comparisons
    assert (comparison.start.id, comparison.end.id) == (first.id, later.pk)
    with pytest.raises(ValidationError, match="Nobody claims a stock"):
        bridges(held, start=uuid4(), end=later.pk)


def test_the_chain_goes_from_day_to_day_in_as_many_queries(groups, django_assert_num_queries):
    held, returned = groups
    stock(held, 20, says("B"), more_than=True, as_of_edtf="2025-08-20")
    stock(held, 25, says("C"), as_of_edtf="2025-08-20")
    stock(held, 19, says("D"), as_of_edtf="2025-09-20")
    stock(held, 1, says("E"), as_of_edtf="")
    flow(returned, 8, says("A"), as_of_edtf="2025-08-10")
    claims = [claim for series in outstanding(held).series for claim in series.claims]
    with django_assert_num_queries(5):
        steps = chain(held, claims)
    told = {(step.start.stated_text, step.end.stated_text, str(step.verdict)) for step in steps}
    assert told == {
        ("30", "more than 20", "consistent"),  # 22 in [21, ∞)
        ("30", "25", "inconsistent"),  # 22 is not 25
        ("more than 20", "19", "inconsistent"),  # nobody left after 20 August
        ("25", "19", "inconsistent"),
    }


def test_the_hull_is_open_where_one_claim_is():
    assert hull([Interval(8, 9), Interval(7, 8)]) == Interval(7, 9)
    assert hull([Interval(8, 8), Interval(None, 49)]) == Interval(None, 49)
    assert hull([Interval(8, 8), Interval(21, None)]) == Interval(8, None)


def test_an_undated_claim_is_neither_earlier_nor_later(groups):
    held, _ = groups
    stock(held, 20, says("Medinsky"), more_than=True, as_of_edtf="")
    answer = bridges(held, **DAYS)
    assert (answer.comparisons, answer.verdict) == ((), None)


def test_what_was_recorded_before_a_return_does_not_foresee_it(now):
    held, returned = held_and_returned()
    with now(2025, 7, 4):
        stock(held, 30, says(reports=("SR-000",)), as_of_edtf="2025-07-04")
    with now(2025, 9, 1):
        stock(held, 20, says("Medinsky"), more_than=True, as_of_edtf="2025-08/..")
        flow(returned, 8, says("Moskalkova"), as_of_edtf="2025-08/..")
    with now(2026, 3, 20):
        flow(returned, 15, says("Moskalkova"), as_of_edtf="2026-03-19")

    [comparison] = bridges(held, start=date(2025, 7, 4), end=date(2026, 4, 1)).comparisons

    assert [flow.in_words for flow in comparison.used] == ["8"]
    assert [reason for _, reason in comparison.left_out] == ["It was after the period."]
    assert (comparison.expected, comparison.verdict) == (Interval(22, 22), "consistent")


@pytest.mark.parametrize("kind", [LinkKind.CORROBORATES, LinkKind.CONTRADICTS, LinkKind.RESTATES])
def test_linked_flows_are_one_event(groups, later, kind):
    held, returned = groups
    one = flow(returned, 8, says("Moskalkova"), as_of_edtf="2025-08-10")
    other = flow(returned, 9, says("Khinshtein"), as_of_edtf="2025-08-10")
    CountLinkFactory(from_count=one, to_count=other, kind=kind)

    comparison = compare(held)

    assert [flow.interval for flow in comparison.used] == [Interval(8, 9)]
    assert comparison.expected == Interval(21, 22)  # 30 less 8 or 9


def test_an_event_inside_a_period_is_not_subtracted_again(groups, later):
    held, returned = groups
    flow(
        returned,
        8,
        says("Moskalkova"),
        as_of_edtf="2025-07-05/2025-08-19",
        measure=Measure.FLOW_OF_PERIOD,
    )
    flow(returned, 3, says("Khinshtein"), as_of_edtf="2025-08-10")

    comparison = compare(held)

    assert comparison.expected == Interval(22, 22)
    assert "inside a period" in comparison.left_out[0][1]
