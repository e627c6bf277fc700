"""The index of names follows every act, and is rebuilt from nothing else than the names."""

import random

import pytest

from cases.access.actor import Actor
from cases.access.gate import System, acting_as
from cases.actions import bodies, individuals, names
from cases.models import (
    Individual,
    IndividualName,
    NameKey,
    NamePair,
    NameToken,
    Organisation,
)
from cases.rules.names.sounds import search_key
from tests.factories import BodyFactory, IndividualFactory, IndividualNameFactory
from tests.names.people import person

pytestmark = pytest.mark.django_db

SYSTEM = System("tests")


def indexed(who):
    """Give the words under which somebody is found, in pairs."""
    rows = NamePair.objects.filter(individual=who)
    return set(rows.values_list("token__text", "other__text"))


def is_whole():
    return names.compared().changed == 0


@pytest.fixture
def worker(actor_of):
    return actor_of()


def test_a_person_taken_in_is_indexed(worker):
    named = [{"text": "Белова Анна", "language_tag": "ru-Cyrl"}]

    taken_in = individuals.register(by=worker, names=named)

    assert indexed(taken_in) == {("ana", "belova"), ("belova", "ana")}
    assert NamePair.objects.filter(organisation=worker.organisation_id).count() == 2
    assert is_whole()


def test_one_word_alone_stands_beside_itself(worker):
    named = [{"text": "Белова", "language_tag": "ru-Cyrl"}]

    assert indexed(individuals.register(by=worker, names=named)) == {("belova", "belova")}


def test_a_mended_name_is_found_by_its_new_words_only(worker):
    taken_in = individuals.register(by=worker)
    name = individuals.add_name(
        by=worker, individual=taken_in, text="Белова Анна", language_tag="ru-Cyrl"
    )

    individuals.amend_name(name, by=worker, version=1, text="Чернова Алла")

    assert indexed(taken_in) == {("ala", "qernova"), ("qernova", "ala")}
    assert is_whole()


def test_a_word_of_several_readings_has_several_entries(worker):
    named = [{"text": "Гром", "language_tag": "ru-Cyrl"}]

    taken_in = individuals.register(by=worker, names=named)

    assert indexed(taken_in) == {("grom", "hrom"), ("hrom", "grom")}


def test_the_words_of_bodies_are_in_the_dictionary_and_lead_to_nobody(worker):
    body = BodyFactory()

    bodies.add_name(by=worker, body=body, text="Комитет", language_tag="ru-Cyrl")

    assert NameToken.objects.filter(text="komitet").exists()
    assert NameKey.objects.filter(token__text="komitet", key="komitet").exists()
    assert not NamePair.objects.exists()


def test_a_person_who_passes_to_another_keeper_is_indexed_there(other_organisation):
    name = IndividualNameFactory(text="Белова Анна")
    Individual.objects.filter(pk=name.individual_id).update(organisation=other_organisation)
    IndividualName.objects.filter(pk=name.pk).update(organisation=other_organisation)
    assert not is_whole()

    names.index([name.individual_id])

    assert set(NamePair.objects.values_list("organisation", flat=True)) == {other_organisation.pk}
    assert is_whole()


def test_rows_written_past_the_acts_are_found_after_a_rebuild():
    people = IndividualFactory.create_batch(60)
    IndividualName.objects.bulk_create(
        IndividualName(
            organisation=who.organisation,
            individual=who,
            text=" ".join(person(_chance(number))),
            language_tag="ru-Cyrl",
        )
        for number, who in enumerate(people)
    )
    IndividualName.objects.update(search_key="stale")
    assert not NamePair.objects.exists()

    told = names.rebuild(by=SYSTEM)

    assert told.people == 60
    assert told.changed > 240
    assert is_whole()
    assert all(
        name.search_key == search_key(name.text)[:400] for name in IndividualName.objects.all()
    )
    assert names.rebuild(by=SYSTEM).changed == 0


def test_words_that_nobody_bears_any_more_are_forgotten():
    name = IndividualNameFactory(text="Хинштейн Анна")
    IndividualNameFactory(text="Белова Анна")
    IndividualName.objects.filter(pk=name.pk).delete()
    names.index([name.individual_id])

    assert names.forget_unused() == 1

    assert not NameToken.objects.filter(text="hinwtein").exists()
    assert not NameKey.objects.filter(key__contains="hinwtein").exists()
    assert NameToken.objects.filter(text="ana").exists()
    assert is_whole()


def test_no_name_makes_pairs_without_end():
    many = " ".join(f"слово{chr(0x430 + n)}" for n in range(30))
    for _ in range(4):
        name = IndividualNameFactory(text=many[:190])
    IndividualNameFactory(individual=name.individual, text=" ".join(reversed(many.split()))[:190])

    assert NamePair.objects.filter(individual=name.individual).count() <= 16 * 15


def test_whoever_acts_acts_again_afterwards(worker):
    with acting_as(worker) as before:
        individuals.register(by=worker, names=[{"text": "Анна", "language_tag": "ru-Cyrl"}])

        assert isinstance(before, Actor)
        assert Individual.objects.count() == 1
        assert Organisation.objects.count() == 1


def _chance(number):
    return random.Random(number)  # noqa: S311
