"""Contradictions with both sides, for a population and for all."""

from datetime import UTC, datetime

import pytest

from cases import clock
from cases.access.gate import System
from cases.actions import counts
from cases.models import ReportedCount
from cases.queries import discrepancies
from cases.vocabulary.counts import DiscrepancyState
from cases.vocabulary.organisations import Role
from tests.factories import (
    DiscrepancyFactory,
    DiscrepancyMemberFactory,
    OrganisationFactory,
    PopulationFactory,
)
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db


def contradiction(population, *values, **fields):
    row = DiscrepancyFactory(**fields)
    for value in values:
        count = stock(population, value, says(f"Speaker {value}", reports=(f"SR-{value}",)))
        DiscrepancyMemberFactory(discrepancy=row, count=count, is_published=row.is_published)
    return row


def test_both_sides_come_with_who_when_and_where():
    held = PopulationFactory()
    row = contradiction(held, 30, 40, title="30 or 40")
    [found] = discrepancies.about(held, known_at=clock.now())
    assert (found.id, found.title, found.origins) == (row.pk, "30 or 40", 2)
    assert {(side.version_text, side.claimant, side.said) for side in found.sides} == {
        ("30", "Speaker 30", "22 November 2024"),
        ("40", "Speaker 40", "22 November 2024"),
    }
    assert {side.reports[0].code for side in found.sides} == {"SR-30", "SR-40"}
    assert {side.claim.value for side in found.sides if side.claim} == {30, 40}


def test_two_sides_of_one_statement_are_one_origin():
    row = DiscrepancyFactory()
    said = says("A")
    for value in (30, 40):
        count = stock(PopulationFactory(), value, said)
        DiscrepancyMemberFactory(discrepancy=row, count=count)
    [found] = discrepancies.in_state(DiscrepancyState.OPEN).listed
    assert found.origins == 1


def test_one_recorded_later_was_not_known_before():
    held = PopulationFactory()
    contradiction(held, 30, 40, recorded_at=datetime(2025, 9, 1, tzinfo=UTC))
    assert not discrepancies.about(held, known_at=datetime(2025, 8, 1, tzinfo=UTC))
    assert discrepancies.about(held, known_at=datetime(2025, 9, 2, tzinfo=UTC))


def test_each_population_gets_its_own_and_shares_what_is_about_both():
    one, other = PopulationFactory(), PopulationFactory()
    contradiction(one, 30, 40, title="own")
    shared = contradiction(one, 31, title="shared")
    DiscrepancyMemberFactory(discrepancy=shared, count=stock(other, 50, says("B")))
    each = discrepancies.about_each([one, other], known_at=clock.now())
    titles = {key: {found.title for found in listed} for key, listed in each.items()}
    assert titles == {one.pk: {"own", "shared"}, other.pk: {"shared"}}


def test_open_ones_come_first():
    held = PopulationFactory()
    contradiction(held, 1, 2, title="A settled one", accepted=True)
    contradiction(held, 3, 4, title="Z open one")
    titles = [found.title for found in discrepancies.about(held, known_at=clock.now())]
    assert titles == ["Z open one", "A settled one"]


def test_the_numbers_of_all_states_stand_beside_the_list():
    held = PopulationFactory()
    contradiction(held, 1, 2)
    contradiction(held, 3, 4, accepted=True)
    review = discrepancies.in_state(DiscrepancyState.BOTH_STAND)
    assert [number for _state, number in review.numbers] == [1, 1, 0]
    assert (len(review.listed), review.is_cut) == (1, False)


def test_another_organisation_sees_what_is_published_alone(as_actor):
    held = PopulationFactory()
    contradiction(held, 1, 2, title="Inside")
    contradiction(held, 3, 4, title="Its figures are not published", is_published=True)
    public = contradiction(held, 5, 6, title="Public", is_published=True)
    shown = public.members.get(version_text="5")
    ReportedCount.objects.filter(pk=shown.count_id).update(is_published=True)
    with as_actor(Role.MANAGER, organisation=OrganisationFactory(other=True)):
        [found] = discrepancies.about(held, known_at=clock.now())
    assert found.title == "Public"
    assert {side.version_text: bool(side.claim) for side in found.sides} == {"5": True, "6": False}


def test_two_figures_that_cannot_both_be_so_open_one_by_themselves(organisation):
    held = PopulationFactory()
    for speaker, value in (("A", 30), ("B", 40)):
        counts.report(
            by=System("tests"),
            organisation=organisation,
            statement=says(speaker),
            population=held,
            measure="stock",
            qualifier="exact",
            stated_value=value,
            stated_text=str(value),
            as_of_edtf="2025-07-04",
        )
    [found] = discrepancies.about(held, known_at=clock.now())
    assert found.is_automatic
    assert found.title.endswith(": 30 or 40")
