"""Claimed headcounts held against slots, for the whole batch and each subgroup."""

import pytest

from cases.queries import reconciliation
from cases.vocabulary.batches import Presence, ReconciliationState
from cases.vocabulary.counts import Dimension
from cases.vocabulary.organisations import Role
from tests.factories import (
    BatchSlotFactory,
    DiscrepancyFactory,
    DiscrepancyMemberFactory,
    IndividualFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
)
from tests.queries.scenes import flow, held_and_returned, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return RepatriationBatchFactory(arrived=True, published=True)


def claimed(batch, value, **fields):
    _, returned = held_and_returned()
    return flow(returned, value, says("Moskalkova"), batch=batch, **fields)


def slots(batch, number, **fields):
    return [BatchSlotFactory(batch=batch, **fields) for _ in range(number)]


def test_nobody_has_claimed_a_headcount(batch):
    slots(batch, 2)
    picture = reconciliation.of(batch)
    assert picture.states == {ReconciliationState.NO_CLAIM}
    assert picture.whole.slots == 2


@pytest.mark.parametrize(
    ("value", "unnamed", "bound", "state"),
    [
        (3, 2, 0, ReconciliationState.SHORT),
        (1, 2, 0, ReconciliationState.OVER),
        (2, 2, 0, ReconciliationState.MATCHED_UNNAMED),
        (2, 1, 1, ReconciliationState.MATCHED_UNNAMED),
        (2, 0, 2, ReconciliationState.MATCHED),
    ],
)
def test_a_claim_against_the_slots(batch, value, unnamed, bound, state):
    claimed(batch, value)
    slots(batch, unnamed)
    slots(batch, bound, bound=True)
    assert reconciliation.of(batch).states == {state}


def test_who_did_not_come_has_no_slot(batch):
    claimed(batch, 1)
    slots(batch, 1, bound=True)
    slots(batch, 1, presence=Presence.NO_SHOW)
    slots(batch, 1, presence=Presence.REMOVED)
    assert reconciliation.of(batch).states == {ReconciliationState.MATCHED}


def test_children_are_told_by_their_slots_and_wheelchair_users_are_not(batch):
    whole = claimed(batch, 3)
    part = {
        "batch": batch,
        "part_of": whole,
        "population": whole.population,
        "measure": whole.measure,
        "statement": whole.statement,
    }
    ReportedCountFactory(stated_value=2, dimension=Dimension.AGE, label="child", **part)
    ReportedCountFactory(stated_value=1, dimension=Dimension.CONDITION, label="wheelchair", **part)
    slots(batch, 2, child=True)
    slots(batch, 1)
    picture = reconciliation.of(batch)
    said = {group.label: group.in_words for group in picture.groups}
    assert said == {
        "Whole batch": "3 slots: 0 named, 0 known by description, 3 with nobody bound.",
        "child": "2 slots: 0 named, 0 known by description, 2 with nobody bound.",
        "wheelchair": "Slots do not tell who belongs here, or not to your role.",
    }


def test_who_is_named_described_or_out_of_sight(batch, as_actor):
    claimed(batch, 4, is_published=True)
    people = [
        IndividualFactory(organisation=batch.organisation),
        IndividualFactory(organisation=batch.organisation, described=True),
        IndividualFactory(organisation=batch.organisation, restricted=True),
    ]
    for person in people:
        BatchSlotFactory(batch=batch, individual=person)
    slots(batch, 1)
    with as_actor(Role.CASEWORKER, organisation=batch.organisation):
        tally = reconciliation.of(batch).whole.tally
        words = reconciliation.of(batch).whole.in_words
    assert tally == reconciliation.Tally(slots=4, bound=3, named=1, described=1)
    assert (tally.unbound, tally.bound_elsewhere) == (1, 1)
    assert "1 bound to a record outside your access" in words


def test_where_nothing_differs_nothing_was_accepted(batch):
    assert not reconciliation.of(batch).is_difference_accepted
    claimed(batch, 2)
    slots(batch, 2)
    assert not reconciliation.of(batch).is_difference_accepted


def test_an_accepted_difference_is_told(batch):
    count = claimed(batch, 3)
    assert not reconciliation.of(batch).is_difference_accepted
    member = DiscrepancyMemberFactory(count=count, discrepancy=DiscrepancyFactory(accepted=True))
    assert member.count == count
    assert reconciliation.of(batch).is_difference_accepted
