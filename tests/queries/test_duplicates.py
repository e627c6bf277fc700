"""Who may be whom: candidates, decisions respected, and what waits."""

import pytest

from cases.access.gate import acting_as
from cases.models import Individual
from cases.queries import duplicates
from cases.vocabulary.organisations import Role
from tests.actions.merging import merge
from tests.factories import (
    DuplicateDecisionFactory,
    GrantFactory,
    IndividualFactory,
    IndividualNameFactory,
    LikelyPairFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


def named(*texts, **fields):
    person = IndividualFactory(**fields)
    for text in texts:
        IndividualNameFactory(individual=person, text=text)
    return person


def likely(person):
    return [one.person for one in duplicates.of(Individual.objects.get(pk=person.pk))]


def test_the_likest_comes_first_and_says_why():
    asked = named("Татьяна Хинштейн", age_as_stated=63, age_as_of_edtf="2024-11")
    near = named("Tatjana Chinstein", age_as_stated=63, age_as_of_edtf="2024-11")
    far = named("Татьяна Хинштейн", age_as_stated=34, age_as_of_edtf="2024-11", sex="female")
    named("Татьяна Петрова")

    found = duplicates.of(Individual.objects.get(pk=asked.pk))

    assert [one.person for one in found] == [near, far]
    assert any("years apart" in reason for reason in found[1].reasons)


def test_one_name_of_several_is_enough():
    asked = named("Мария Петровна", "Татьяна Хинштейн")
    other = named("Tatjana Chinstein", "Пётр")

    assert likely(asked) == [other]


def test_names_in_parts_are_put_together():
    person = IndividualFactory()
    for part, text in (("family", "Петрова"), ("given", "Анна"), ("patronymic", "Ивановна")):
        IndividualNameFactory(individual=person, part=part, text=text)
    IndividualNameFactory(individual=person, part="given", text="Hanna", language_tag="en-Latn")

    assert duplicates.texts_of(person) == ["Анна Ивановна Петрова", "Hanna"]


def test_two_people_stay_two_when_one_of_them_takes_in_a_duplicate():
    one, twin, other = (named("Татьяна Хинштейн") for _ in range(3))
    DuplicateDecisionFactory(first=twin, second=other)
    assert set(likely(one)) == {twin, other}

    merge(one, twin)

    assert likely(one) == likely(other) == []


def test_a_duplicate_is_like_nobody():
    one, twin = named("Татьяна Хинштейн"), named("Татьяна Хинштейн")

    merge(one, twin)

    assert likely(one) == likely(twin) == []


def test_what_a_grant_opens_is_no_duplicate_of_ones_own(organisation, actor_of):
    asked = named("Татьяна Хинштейн")
    theirs = named("Татьяна Хинштейн", organisation=OrganisationFactory(other=True))
    GrantFactory(individual=theirs, recipient=organisation)

    with acting_as(actor_of(Role.CASEWORKER)):
        assert likely(asked) == []
        assert [one.person for one in duplicates.among(["Татьяна Хинштейн"])][-1:] != []


def test_pairs_wait_until_somebody_has_decided():
    later, first = LikelyPairFactory(likeness=86), LikelyPairFactory(likeness=99)
    LikelyPairFactory(second=IndividualFactory(return_status="duplicate"))

    assert duplicates.waiting() == [
        (first.first_id, first.second_id), (later.first_id, later.second_id),
    ]  # fmt: skip
    decision = DuplicateDecisionFactory(first=first.first, second=first.second, verdict="same")
    assert duplicates.waiting() == [(later.first_id, later.second_id)]
    assert duplicates.to_merge() == [decision]
    assert duplicates.standing(first.second, first.first) == decision
    merge(first.first, first.second)
    assert duplicates.to_merge() == []


def test_waiting_pairs_cost_two_questions(django_assert_num_queries, actor_of):
    for _ in range(5):
        LikelyPairFactory()

    with acting_as(actor_of(Role.CASEWORKER)), django_assert_num_queries(2):
        assert len(duplicates.waiting()) == 5
