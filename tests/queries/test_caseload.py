"""The tracker's own count, for those who may have it."""

import pytest

from cases.access.gate import acting_as
from cases.models import Individual
from cases.queries.caseload import own_counts
from cases.vocabulary.counts import PopulationCategory
from cases.vocabulary.organisations import Role
from cases.vocabulary.status import ReturnStatus
from tests.factories import (
    GrantFactory,
    IndividualFactory,
    OrganisationFactory,
    PlaceFactory,
    PopulationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def oblast():
    return PlaceFactory(oblast=True, name="Kursk Oblast")


@pytest.fixture
def village(oblast):
    return PlaceFactory(parent=oblast)


@pytest.fixture
def held(oblast):
    return PopulationFactory(origin_place=oblast)


@pytest.mark.parametrize(
    ("category", "status"),
    [
        (PopulationCategory.HELD, ReturnStatus.LOCATED_HELD),
        (PopulationCategory.MISSING, ReturnStatus.UNACCOUNTED_FOR),
        (PopulationCategory.STRANDED, ReturnStatus.LOCATED_IN_AREA),
        (PopulationCategory.AWAITING_RETURN, ReturnStatus.LISTED_FOR_RETURN),
    ],
)
def test_people_of_the_fitting_status_from_within_the_origin(oblast, village, category, status):
    group = PopulationFactory(origin_place=oblast, category=category)
    IndividualFactory(home_place=village, return_status=status)
    IndividualFactory(home_place=oblast, return_status=status)
    IndividualFactory(home_place=village, return_status=ReturnStatus.HOME)
    IndividualFactory(home_place=PlaceFactory(), return_status=status)
    IndividualFactory(home_place=None, return_status=status)
    own = own_counts([group])[group.pk]
    assert (own.cases, own.status) == (2, status)
    assert own.in_words == (f"2 cases with the status “{status.label}” and a home in Kursk Oblast")


def test_other_categories_and_no_origin_have_no_own_count(oblast):
    groups = [PopulationFactory(), PopulationFactory(origin_place=oblast, returned=True)]
    assert own_counts(groups) == {}


@pytest.mark.parametrize(
    ("role", "cases"),
    [
        (Role.CASEWORKER, 1),
        (Role.SUPERVISOR, 1),
        (Role.MANAGER, 1),
        (Role.AUDITOR, None),
        (Role.ADMINISTRATOR, None),
    ],
)
def test_who_may_have_it(held, village, as_actor, role, cases):
    other = OrganisationFactory(other=True)
    IndividualFactory(home_place=village, held=True)
    IndividualFactory(home_place=village, held=True, restricted=True)
    IndividualFactory(home_place=village, held=True, organisation=other)
    with as_actor(role):
        own = own_counts([held]).get(held.pk)
    assert (own.cases if own else None) == cases


def test_an_origin_as_precise_as_a_village_is_for_those_who_may_know_homes(village, as_actor):
    group = PopulationFactory(origin_place=village)
    IndividualFactory(home_place=village, held=True)
    with as_actor(Role.MANAGER):
        assert own_counts([group]) == {}
    with as_actor(Role.CASEWORKER):
        assert own_counts([group])[group.pk].in_words.startswith("1 case with")


def test_two_queries_however_many_populations(oblast, village, django_assert_num_queries):
    groups = [PopulationFactory(origin_place=place) for place in (oblast, village, oblast)]
    with django_assert_num_queries(2):
        assert len(own_counts(groups)) == 3


def test_what_others_have_shared_is_not_counted(village, held, actor_of):
    """A total by place would tell where somebody lives whose stage alone was shared."""
    theirs = OrganisationFactory(other=True)
    person = IndividualFactory(
        organisation=theirs, home_place=village, return_status=ReturnStatus.LOCATED_HELD
    )
    by = actor_of(Role.CASEWORKER)
    GrantFactory(individual=person, recipient_id=by.organisation_id, level="operational")

    with acting_as(by):
        assert Individual.objects.filter(pk=person.pk).exists()
        assert own_counts([held])[held.pk].cases == 0
