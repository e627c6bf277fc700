"""Any spelling finds whom it should, with reasons, within what the reader may see."""

import random
from datetime import date

import pytest

from cases.access.gate import System, acting_as
from cases.actions import loading, names
from cases.models import Individual, IndividualName
from cases.queries.names import bearers, find, reasons
from cases.rules.individuals import case_number
from cases.rules.names.ranking import Wanted
from cases.rules.names.sounds import LONGEST_WORD
from cases.vocabulary.grants import GrantLevel
from cases.vocabulary.organisations import Role
from tests.factories import GrantFactory, IndividualFactory, IndividualNameFactory
from tests.names.misspelling import CLASSES, misspelt
from tests.names.people import person

pytestmark = pytest.mark.django_db

PEOPLE, ASKED, LEAST = 600, 25, 0.92
MOST_QUERIES = 8


def named(*texts, **fields):
    """Record a person of these names."""
    who = IndividualFactory(**fields)
    for text in texts:
        IndividualNameFactory(individual=who, text=text)
    return who


def found(text, **more):
    return [match.person for match in find(text, **more)]


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Александр Хинштейн", "Hinstein"),
        ("Александр Хинштейн", "Хинштейн"),
        ("Александр Хинштейн", "Chinstein"),
        ("Khinshtein", "Хинштейн"),
        ("Татьяна Москалькова", "Tatjana"),
        ("Татьяна Москалькова", "Таня Москалькова"),
        ("Алексей Смирнов", "Олексій"),
        ("Oleksii Smyrnov", "Алексей Смирнов"),
        ("Anastassia Gridina", "Анастасія Гридіна"),
        ("Гридина Анастасия Алексеевна", "anastasiya alekseevna"),
        ("Гридина Анастасия", "Гридин Анастасия"),
        ("Смирнов", "Алексей Смирнов"),
    ],
)
def test_a_name_is_found_in_any_spelling_and_says_why(written, sought):
    who = named(written)
    named("Зоя Космодемьянская")

    match, *others = find(sought)

    assert match.person == who
    assert match.names == (written,)
    assert match.reasons
    assert others == []


def test_reasons_name_both_spellings_and_what_is_missing():
    named("Хинштейн Александр")

    match = find("Hinstein Oleg")[0]

    assert match.reasons == (
        "“hinstein” ~ “хинштейн”: the same name",
        "“oleg” is in none of the names",
    )
    assert reasons("Анна", "Анна Белова") == ()
    assert reasons("Anna", "Анна Белова") == ("“anna” ~ “анна”: the same name",)


def test_the_likest_comes_first_and_circumstances_break_ties():
    woman = named("Белова Саша", sex="female", age_as_stated=60, age_as_of_edtf="2024-11")
    man = named("Белов Саша", sex="male", age_as_stated=20, age_as_of_edtf="2024-11")

    assert found("Белов Саша") == [man, woman]
    assert found("Белова Саша", wanted=Wanted(sex="female"))[0] == woman
    old = Wanted(born=(date(1964, 1, 1), date(1964, 12, 31)))
    first, second = find("Белов Саша", wanted=old)
    assert first.person == woman
    assert "born at the same time" in first.reasons
    assert "born 38 years apart" in second.reasons


def test_a_name_being_typed_is_found_by_its_beginning():
    who = named("Хинштейн Александр")

    assert found("хинш", is_typed=True) == [who]
    assert found("Александр Khin", is_typed=True) == [who]
    assert found("хи", is_typed=True) == []


def test_two_words_of_three_are_enough_and_their_order_is_free():
    who = named("Гридина Анастасия Алексеевна")

    for sought in ("Анастасия Гридина", "Алексеевна Гридина", "Гридина Ольга Алексеевна"):
        assert found(sought) == [who]
        assert bearers(sought).values_list("individual", flat=True).distinct().get() == who.pk


@pytest.mark.parametrize("text", ["", "…", "\u202e", "Ж" * 5_000, "а" + "\u0301" * 9_000, "%", "'"])
def test_nonsense_finds_nobody(text):
    named("Белова Анна")

    assert find(text) == ()
    assert not bearers(text).exists()


def test_a_word_longer_than_any_name_is_cut():
    who = named("Б" * (LONGEST_WORD + 40))

    assert found("Б" * (LONGEST_WORD + 2)) == [who]


@pytest.mark.parametrize("role", Role)
def test_who_reads_names_finds_people_and_nobody_else_does(role, as_actor):
    named("Белова Анна")

    with as_actor(role):
        hits, rows = find("Белова"), bearers("Белова").exists()

    may = role in {Role.CASEWORKER, Role.SUPERVISOR}
    assert (bool(hits), rows) == (may, may)


def test_what_another_organisation_keeps_is_not_found_and_moves_nothing(
    as_actor, other_organisation
):
    mine = named("Белова Анна")
    named("Белова Анна", organisation=other_organisation)
    with as_actor(Role.CASEWORKER):
        before = find("Bjelova Ana")
    for number in range(30):
        named(f"Белова Анна {'абвгд'[number % 5]}нна", organisation=other_organisation)

    with as_actor(Role.CASEWORKER):
        assert find("Bjelova Ana") == before
        assert [match.person for match in before] == [mine]


@pytest.mark.parametrize("level", GrantLevel)
def test_a_grant_of_names_lets_its_person_be_found(level, as_actor, other_organisation):
    theirs = named("Белова Анна", organisation=other_organisation)

    with as_actor(Role.CASEWORKER) as actor:
        with acting_as(System("tests")):
            GrantFactory(individual=theirs, recipient_id=actor.organisation_id, level=level)

        assert found("Belova") == ([] if level == GrantLevel.OPERATIONAL else [theirs])


def test_a_restricted_person_is_found_by_the_cleared_only(as_actor):
    who = named("Белова Анна", sensitivity="restricted")

    with as_actor(Role.CASEWORKER):
        assert found("Белова") == []
    with as_actor(Role.CASEWORKER, is_cleared_for_restricted=True):
        assert found("Белова") == [who]


def test_an_intake_finds_its_own(as_actor):
    named("Белова Анна")

    with as_actor(Role.PARTNER) as partner:
        assert found("Белова") == []
        with acting_as(System("tests")):
            mine = named("Белова Алла", recorded_by_id=partner.user_id)

        assert found("Белова") == [mine]


def test_no_reason_tells_what_no_list_shows(as_actor):
    named("Белова Анна", birth_edtf="1964-05-01")
    wanted = Wanted(born=(date(1964, 5, 1), date(1964, 5, 1)))

    with as_actor(Role.SUPERVISOR):
        match = find("Белова", wanted=wanted)[0]

    assert match.reasons == ("“белова” as written",)


@pytest.fixture
def crowd(organisation):
    """Load invented people, and give their family and given names."""
    chance = random.Random("a crowd")  # noqa: S311
    system = System("tests")
    people = [person(chance) for _ in range(PEOPLE)]
    rows = [IndividualFactory.build(organisation=organisation) for _ in people]
    for number, row in enumerate(rows):
        row.case_number = case_number(900_000 + number)
    Individual.objects.bulk_create(rows)
    sheet = loading.Sheet(
        IndividualName, "organisation", "id", "individual", "text", language_tag="ru-Cyrl"
    )
    names_of = (
        (organisation.pk.hex, row.pk.hex, row.pk.hex, " ".join(parts))
        for row, parts in zip(rows, people, strict=True)
    )
    loading.load(sheet, names_of, by=system)
    names.rebuild(by=system)
    return people


def test_misspelt_names_are_found_whatever_the_mistake(crowd):
    missed: dict[str, list[str]] = {how: [] for how in CLASSES}
    for how in CLASSES:
        chance = random.Random(how)  # noqa: S311
        for family, given, _ in chance.sample(crowd, ASKED):
            text = misspelt(family, given, how, chance)
            begun = f"{family} {given} "
            if not any(name.startswith(begun) for match in find(text) for name in match.names):
                missed[how].append(f"{begun}as {text}")

    for how, words in missed.items():
        assert 1 - len(words) / ASKED >= LEAST - 1 / ASKED, (how, words)
    assert 1 - sum(map(len, missed.values())) / (ASKED * len(CLASSES)) >= LEAST, missed


def test_a_search_takes_few_queries_however_many_it_finds(crowd, django_assert_max_num_queries):
    family, given, patronymic = crowd[0]

    with django_assert_max_num_queries(MOST_QUERIES):
        find(f"{family} {given} {patronymic}")
