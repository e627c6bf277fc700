"""What a manager sees first."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.queries.overview import overview
from cases.queries.populations import definitions, with_outstanding_claims
from cases.queries.returns import latest_returns
from cases.vocabulary.batches import BatchStatus, ReconciliationState
from cases.vocabulary.counts import LinkKind, PopulationCategory
from cases.vocabulary.organisations import Role
from tests.factories import (
    BatchSlotFactory,
    CountLinkFactory,
    DiscrepancyFactory,
    IndividualFactory,
    PlaceFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    StatusEventFactory,
    TaskFactory,
)
from tests.queries.scenes import flow, held_and_returned, says, stock

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock_at_noon(now):
    with now(2025, 9, 1):
        yield


def test_populations_in_scope_with_claims_those_held_first():
    stranded = PopulationFactory(category=PopulationCategory.STRANDED, title="A")
    held = PopulationFactory(title="B")
    outside = PopulationFactory(in_scope=False)
    PopulationFactory()
    displaced = PopulationFactory(category=PopulationCategory.DISPLACED)
    for population in (stranded, held, outside, displaced):
        stock(population, 30, says("A"))
    assert with_outstanding_claims() == [held, stranded]
    shown = [standing.claims.population for standing in overview().standings]
    assert shown == [held, stranded]


def test_the_own_count_stands_beside_the_claims():
    oblast = PlaceFactory(oblast=True)
    held = PopulationFactory(origin_place=oblast)
    stock(held, 30, says("A"))
    IndividualFactory(home_place=oblast, held=True)
    [standing] = overview().standings
    assert standing.own is not None
    assert (standing.own.cases, standing.claims.series[0].latest.value) == (1, 30)


def test_what_was_recorded_in_the_last_seven_days():
    held = PopulationFactory()
    for days in (0, 6, 8):
        stock(held, 30, says("A"), recorded_at=NOON - timedelta(days=days))
    StatusEventFactory(recorded_at=NOON)
    told = {tally.noun: tally.number for tally in overview().recorded}
    assert told["figures"] == 2
    assert told["step on the way home"] == 1


def test_open_discrepancies_and_overdue_tasks_are_counted(as_actor):
    DiscrepancyFactory()
    DiscrepancyFactory(accepted=True)
    TaskFactory(due_on=date(2025, 8, 31))
    TaskFactory(due_on=date(2025, 9, 1))
    TaskFactory(due_on=date(2025, 8, 1), done=True)
    TaskFactory(due_on=None)
    for role, tasks in ((Role.MANAGER, 1), (Role.AUDITOR, None), (Role.ADMINISTRATOR, None)):
        with as_actor(role):
            assert overview().overdue_tasks == tasks
    assert overview().open_discrepancies == 1


def test_figures_that_count_no_longer_are_not_among_the_latest():
    held = PopulationFactory()
    stock(held, 30, says("A"), retracted=True)
    stock(held, 31, says("A"))
    assert [claim.value for claim in overview().latest] == [31]


def test_returns_with_headcount_slots_and_people_bound():
    _, returned = held_and_returned()
    batch = RepatriationBatchFactory(arrived=True, title="The 46")
    exact = flow(returned, 3, says("A"), batch=batch)
    rounded = flow(returned, 5, says("B"), batch=batch)
    CountLinkFactory(from_count=rounded, to_count=exact, kind=LinkKind.ROUNDS)
    BatchSlotFactory(batch=batch, bound=True)
    BatchSlotFactory.create_batch(2, batch=batch)
    BatchSlotFactory(batch=batch, presence="no_show")
    [home] = latest_returns()
    assert (home.title, home.slots, home.bound, home.unbound) == ("The 46", 3, 1, 2)
    [head] = home.headcounts
    assert (head.claim.value, head.state) == (3, ReconciliationState.MATCHED_UNNAMED)


def test_a_movement_that_has_not_arrived_is_not_listed():
    RepatriationBatchFactory(status=BatchStatus.SCHEDULED)
    RepatriationBatchFactory(status=BatchStatus.IN_TRANSIT)
    assert latest_returns() == ()


def test_the_latest_arrival_is_first_an_undated_one_last():
    for code, arrived in (("b", "2025-07-04"), ("none", ""), ("c", "2025-08/..")):
        RepatriationBatchFactory(code=code, status=BatchStatus.ARRIVED, arrived_edtf=arrived)
    assert [home.code for home in latest_returns()] == ["c", "b", "none"]


def test_an_auditor_sees_no_title_date_or_binding(as_actor):
    BatchSlotFactory(batch=RepatriationBatchFactory(arrived=True), bound=True)
    with as_actor(Role.AUDITOR):
        [home] = latest_returns()
    assert (home.title, home.arrived, home.route, home.bound) == ("", "", "", None)
    assert home.is_masked
    assert home.unbound is None


def test_as_many_queries_for_many_rows(django_assert_num_queries, django_assert_max_num_queries):
    oblast = PlaceFactory(oblast=True)

    def add(number: int) -> None:
        group = PopulationFactory(origin_place=oblast)
        batch = RepatriationBatchFactory(arrived=True)
        said = says(f"Speaker {number}", reports=(f"SR-{number}",))
        stock(group, 30, said)
        flow(PopulationFactory(returned=True, leaves=group), 3, said, batch=batch)
        BatchSlotFactory(batch=batch, bound=True)

    add(0)
    with django_assert_max_num_queries(40) as asked:
        overview()
    for number in range(1, 4):
        add(number)
    with django_assert_num_queries(len(asked)):
        overview()


def test_definitions_put_what_is_out_of_scope_last():
    place = PlaceFactory(oblast=True, name="Kursk Oblast")
    held = PopulationFactory(title="Held", origin_place=place, location_place=place)
    PopulationFactory(title="Returned", returned=True, leaves=held)
    PopulationFactory(title="Elderly", subset_of=held)
    PopulationFactory(title="Captured", in_scope=False)
    found = {one.title: one for one in definitions()}
    assert list(found) == ["Elderly", "Held", "Returned", "Captured"]
    assert (found["Held"].origin, found["Held"].location) == ("Kursk Oblast", "Kursk Oblast")
    assert (found["Returned"].leaves, found["Elderly"].part_of) == ("Held", "Held")
    assert [one.is_outstanding for one in found.values()] == [True, True, False, False]
