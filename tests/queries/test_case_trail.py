"""Who changed a case and who read it, told to those who keep it."""

import pytest

from cases.actions import individuals, reads
from cases.queries import case_trail
from cases.vocabulary.organisations import Role
from tests.factories import GrantFactory, IndividualFactory, IndividualNameFactory, NoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(actor_of):
    return actor_of(Role.CASEWORKER, name="Vera Keeper")


@pytest.fixture
def person(keeper, as_actor):
    with as_actor(keeper):
        made = individuals.register(by=keeper)
        individuals.add_name(
            by=keeper, individual=made, text="Лада", language_tag="ru", part="given"
        )
        return made


def test_it_names_who_changed_what_and_never_what_stood_there(person, keeper, as_actor):
    with as_actor(keeper):
        name = person.names.get()
        individuals.amend_name(name, by=keeper, version=name.version, text="Лада Сергеевна")
        found = case_trail.of(person)

    last = found.changes[0]
    assert (last.who, last.about, last.fields) == ("Vera Keeper", "individual name", "name")
    assert "Лада" not in repr(found)


def test_other_readers_are_counted_the_latest_first(person, keeper, actor_of, as_actor):
    second = actor_of(Role.SUPERVISOR, name="Second Reader")
    third = actor_of(Role.CASEWORKER, name="Third Reader")
    for actor in (keeper, second, third, second):
        with as_actor(actor):
            reads.note(type(person).objects.get(pk=person.pk), by=actor)
    with as_actor(keeper):
        found = case_trail.of(person)

    assert [(reader.who, reader.times) for reader in found.readers] == [
        ("Second Reader", 2),
        ("Third Reader", 1),
    ]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_read_the_case_in_detail_learns_nothing(person, as_actor, role):
    with as_actor(role):
        assert case_trail.of(person) == case_trail.CaseTrail()


def test_whom_a_case_is_shared_with_learns_nothing_of_its_keepers(
    person, actor_of, as_actor, other_organisation
):
    GrantFactory(individual=person, recipient=other_organisation)
    with as_actor(actor_of(Role.SUPERVISOR, organisation=other_organisation)):
        assert case_trail.of(person) == case_trail.CaseTrail()


def test_it_costs_the_same_however_much_hangs_on_the_case(
    person, keeper, as_actor, django_assert_num_queries
):
    for _number in range(3):
        IndividualNameFactory(individual=person)
        NoteFactory(individual=person)
    with as_actor(keeper), django_assert_num_queries(5):
        case_trail.of(person)


def test_another_case_is_not_in_it(person, keeper, as_actor):
    other = IndividualFactory(organisation=person.organisation)
    with as_actor(keeper):
        assert case_trail.of(other).changes == ()
