"""Names across scripts: what is one name, what is not, and that nothing breaks the folding."""

from uuid import uuid4

import pytest
from hypothesis import given as drawn, strategies as st

from cases.rules import dates
from cases.rules.names import given, keys, likeness, ranking, romanising, sounds
from tests.names.held_out import GIVEN_PAIRS, HELD_OUT, NEGATIVES, NOT_GIVEN_PAIRS, TUNED

FEWEST_HELD_OUT = 36
"""Of forty; the standard asks for 32. Measured before anything was mended for them: 38."""
FEWEST_GIVEN = 66
LETTERS = st.text(alphabet="aeioubvgdkmnprst", min_size=1, max_size=14)


@pytest.mark.parametrize("pair", TUNED, ids="~".join)
def test_spellings_of_a_name_in_the_reports_are_one_name(pair):
    assert likeness.are_one_name(*pair)


def test_names_that_nobody_tuned_for_are_found_alike():
    alike = [pair for pair in HELD_OUT if likeness.are_one_name(*pair)]

    assert len(alike) >= FEWEST_HELD_OUT, set(HELD_OUT) - set(alike)


@pytest.mark.parametrize("pair", [*NEGATIVES, *NOT_GIVEN_PAIRS], ids="~".join)
def test_neighbours_are_not_taken_for_one_name(pair):
    assert not likeness.are_one_name(*pair)
    assert not likeness.are_one_name(*reversed(pair))


def test_forms_of_one_given_name_are_known():
    known = [pair for pair in GIVEN_PAIRS if likeness.are_one_name(*pair)]

    assert len(known) >= FEWEST_GIVEN, set(GIVEN_PAIRS) - set(known)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Алексей Смирнов", "Сергей Смирнов"),
        ("Anastassia Gridina", "Гридина Дарья"),
        ("Анна", ""),
        ("", ""),
    ],
)
def test_people_of_the_reports_are_kept_apart(a, b):
    assert not likeness.are_one_name(a, b)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("щербаков", "shcherbakov"),
        ("юлия", "iuliia"),
        ("подъячев", "podieiachev"),
        ("ильин", "ilin"),
        ("цой", "tsoi"),
        ("хрущёв", "khrushchev"),
        ("эйхе", "eikhe"),
    ],
)
def test_russian_is_romanised_as_in_passports(word, latin):
    assert romanising.russian(word) == latin


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("згурський", "zghurskyi"),
        ("юрій", "yurii"),
        ("їжакевич", "yizhakevych"),
        ("ґалаґан", "galagan"),
        ("єнакієве", "yenakiieve"),
        ("йосипівка", "yosypivka"),
        ("яготин", "yahotyn"),
        ("щербухи", "shcherbukhy"),
        ("знам'янка", "znamianka"),
        ("кость", "kost"),
    ],
)
def test_ukrainian_is_romanised_by_the_resolution(word, latin):
    assert romanising.ukrainian(word.replace("'", "")) == latin


def test_letters_tell_the_language_where_they_can():
    assert romanising.romanisations("грыз") == ("gryz",)
    assert romanising.romanisations("гнів") == ("hniv", "gniv")
    assert romanising.romanisations("грім") == ("hrim", "grim")
    assert romanising.romanisations("гром") == ("grom", "hrom")
    assert romanising.romanisations("рыгор") == ("rygor",)
    assert romanising.romanisations("дзмітрый") == ("dzmitryi",)


def test_a_letter_of_another_script_in_a_word_changes_nothing():
    assert sounds.folds("хинштeйн") == sounds.folds("хинштейн")  # the e is Latin


def test_a_spelling_is_read_in_several_ways():
    assert set(sounds.folds("chinstein")) == {"qinstein", "hinwtein", "winstein"}


@pytest.mark.parametrize(
    "text",
    [
        "Анна" + "\u0301" * 10_000,
        "\u202eанна\u202c",
        "a" * 10_000,
        "я" * 10_000,
        " ".join("слово" for _ in range(5_000)),
        "\x00\u200b\ufeff",
        "𝕬𝖓𝖓𝖆 安娜 آنا",
        "''''''-----____",
        "%_\\",
    ],
)
def test_a_hostile_name_is_folded_to_little(text):
    key = sounds.search_key(text)

    assert len(key) <= 3 * sounds.LONGEST_WORD * sounds.MOST_WORDS
    assert key.isascii()
    assert all(word.isalnum() for word in key.split())


@drawn(st.text(max_size=60))
def test_any_text_has_a_key_that_is_its_own(text):
    key = sounds.search_key(text)

    assert key == key.lower().strip()
    assert sounds.search_key(text) == key


@drawn(LETTERS, LETTERS)
def test_likeness_does_not_depend_on_the_order(a, b):
    assert likeness.of_folds(a, b).score == likeness.of_folds(b, a).score
    assert 0 <= likeness.of_folds(a, b).score <= 1


@drawn(LETTERS, st.data())
def test_a_word_with_an_edit_or_two_shares_a_key_with_itself(word, data):
    edits = keys.most_edits(word)
    wrong = word
    for _ in range(edits):
        at = data.draw(st.integers(0, max(len(wrong) - 1, 0)))
        letter = data.draw(st.sampled_from("aeioubvgdkmnprst"))
        how = data.draw(st.sampled_from(("drop", "add", "change")))
        rest = wrong[at + 1 :] if how != "add" else wrong[at:]
        wrong = wrong[:at] + ("" if how == "drop" else letter) + rest
    if keys.most_edits(wrong) >= edits:
        assert keys.spellings(word) & keys.spellings(wrong)


def test_each_given_name_is_a_form_of_itself():
    forms, short = given._table()

    assert len(forms) > 200
    assert len(short) > 150
    assert all(given.names_of(fold) >= names for fold, names in [*forms.items(), *short.items()])


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [("Алексеевич", "алексей"), ("Олексійович", "алексей"), ("Ильинична", "илья"),
     ("Петрівна", "пётр"), ("Nikolaevna", "николай"), ("Иванов", None), ("Анна", None)],
)  # fmt: skip
def test_a_patronymic_tells_the_father(patronymic, father):
    found = set().union(*(keys.fathers(fold) for fold in sounds.folds(patronymic.lower())))

    assert found == ({father} if father else set())


def test_what_is_known_beside_the_name_ranks_and_says_why():
    sixty = ranking.born(60, *dates.bounds("2024-11-22"))
    wanted = ranking.Wanted(sex="female", born=sixty)

    def weighed(**known):
        return ranking.weigh(wanted, ranking.Wanted(**known))

    same, why = weighed(sex="female", born=ranking.born(60, *dates.bounds("2024-08")))
    other, why_not = weighed(sex="male", born=ranking.born(20, *dates.bounds("2024-08")))

    assert same > 0 > other
    assert why == ("born at the same time",)
    assert why_not == ("another sex", "born 38 years apart")
    assert weighed() == (0, ())
    assert weighed(born=ranking.born(58, *dates.bounds("2024"))) > weighed(
        born=ranking.born(54, *dates.bounds("2024"))
    )
    here = frozenset({uuid4()})
    told = ranking.weigh(ranking.Wanted(places=here), ranking.Wanted(places=here))
    assert told[0] > 0
    assert told[1] == ("the same place",)
