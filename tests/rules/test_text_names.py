"""Names of people that a text spells in two ways; the texts are invented."""

import pytest

from cases.rules.report_texts import paragraphs
from cases.rules.text_names import spellings


@pytest.mark.parametrize(
    "text",
    [
        "Aleksandr Shtein spoke.\n\nThen Alexander Stein left.",
        "Tatyana Bykova said so. Later Tatiana Bykova left.",
        "Иван Хинштейн пришёл. Иван Хинштэйн ушёл.",
    ],
)
def test_one_person_spelled_in_two_ways_is_noticed_once(text):
    (warning,) = spellings(paragraphs(text))
    assert "seem to be one person" in warning.advice


@pytest.mark.parametrize(
    "text",
    [
        "Ivan Belov and Ivan Beliaev met.",
        "Anna Ivanova and Ivan Ivanov met.",
        "Иван Смирнов пришёл. Ивану Смирнову помогли. Ивана Смирнова ждали.",
        "Ivan Belov's office; Ivan Belov left.",
        "Иван Белов (Ivan Belov) left.",
        "The harbour office closed.",
    ],
)
def test_two_people_and_one_in_two_cases_are_left_alone(text):
    assert list(spellings(paragraphs(text))) == []
