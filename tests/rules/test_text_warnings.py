"""What a program notices in the text of a report; the texts are invented."""

from datetime import date

import pytest

from cases.rules import text_warnings
from cases.rules.text_days import dates_in
from cases.vocabulary.reports import TextFault

PUBLISHED = date(2024, 11, 22)
CLEAN = """Lantern Weekly, Friday, 22 November 2024

Forty people, including 12 children, reached the port on Thursday, 21 November 2024, the harbour
office said (harbour.test/notes). More than 10 residents, including 15 who came by boat, wait.

В четверг, 21 ноября 2024 года, прибыли 40 человек, в том числе 12 детей. По данным портовой
службы, ещё 3 жителя из них ждут.

У четвер, 21 листопада 2024 року, прибули 40 осіб, у тому числі 12 дітей, за даними порту.

The ferry [Source: Harbour Office log, 3 May 2024] is a 90-year-old boat; of the 2 people on watch
none slept. See the Sunday Lantern, 9 August 2024. In 2019, 30 residents left.
"""


def found(text, published=PUBLISHED):
    return [(w.kind.value, w.paragraph) for w in text_warnings.of(text, published=published)]


def advice(text, published=PUBLISHED):
    (warning,) = text_warnings.of(text, published=published)
    return warning.advice


def test_nothing_is_noticed_in_a_clean_text():
    assert found(CLEAN) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was Thursday, 9 August 2024.",
        "It was Thursday 9th of August 2024.",
        "It was Thursday, August 9, 2024.",
        "It was Thursday, Aug. 9, 2024.",
        "It was 9 August 2024 (Thursday).",
        "It was 9 August 2024, Thursday.",
        "2024-08-09, Thursday.",
        "On Thursday (09.08.2024) it rained.",
        "В четверг, 9 августа 2024 года, шёл дождь.",
        "Это было 9 августа 2024 г., в тексте; 9 августа 2024 года, четверг.",
        "В среду 09.08.2024 шёл дождь.",
        "У четвер, 9 серпня 2024 року, йшов дощ.",
        "У п’ятницю, 8 серпня 2024 року, йшов дощ.",
        "9 серпня 2024 р., неділя.",
    ],
)
def test_a_weekday_is_held_against_its_date(text):
    assert found(text) == [("weekday", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "It was Friday, 9 August 2024.",
        "В пятницу, 9 августа 2024 года, шёл дождь.",
        "У п'ятницю, 9 серпня 2024 року, йшов дощ.",
        "Between Monday and 9 August 2024 it rained.",
        "On 9 August 2024, Monday's talks were remembered.",
        "Среди них 9 августа 2024 года был он.",
        "Thursday, 31 June 2024.",
        "Friday, 9 August 2024, Saturday, 10 August 2024.",
    ],
)
def test_a_weekday_that_agrees_or_belongs_elsewhere_is_left_alone(text):
    assert found(text) == []


def test_of_a_date_without_a_year_the_last_one_before_publication_is_meant():
    assert found("On Thursday, 21 November, it rained.") == []
    assert found("On Monday, 23 December, it rained.") == [("weekday", 1)]
    assert found("On Saturday, 23 December, it rained.") == []  # of the year before
    assert found("On Monday, 29 February, it rained.", date(2023, 5, 1)) == []
    assert ("weekday", 1) not in found("On Monday, 21 November, it rained.", None)


def test_the_warning_says_what_to_do():
    said = advice("It was 9 August 2024 (Thursday).")
    assert said.startswith("“9 August 2024 (Thursday)” cannot be: 9 August 2024 was a Friday.")
    assert "as stated" in said


def test_an_undated_report_is_told_which_date_stands_at_its_head():
    assert "begins with 11 February 2025" in advice("February 11,2025\n\nIt rained.", None)
    assert "none stands at the head" in advice("It rained in August 2024.", None)
    assert "none stands at the head" in advice("On 31 June 2024 it rained.", None)
    assert found("It rained.", None) == [("undated", None)]
    assert found("One.\n\nTwo.\n\nThree.\n\n9 May 2024", None) == [("undated", None)]


@pytest.mark.parametrize(
    "words",
    ["yesterday", "five hours ago", "5 hours ago", "last week", "said Tuesday", "on Friday",
     "вчера", "на прошлой неделе", "три дня назад", "в пятницу", "учора, вчора", "минулого тижня",
     "два дні тому", "у середу"],
)  # fmt: skip
def test_days_are_not_counted_from_an_unknown_one(words):
    text = f"The office {words} opened."
    assert ("relative_date", 1) in found(text, None)
    assert found(text) == []


def test_a_weekday_with_its_date_is_not_counted_from_anything():
    assert found("The office opened on Friday, 9 August 2024.", None) == [("undated", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Buses came [citation needed].",
        "[1] [Source for the number of buses] came later.",
        "Buses came [Source].",
        "Buses came [link].",
        "Buses came [TODO ask the harbour].",
        "Buses came [insert name].",
        "Source: XXX",
        "Source: TBD",
        "Source: ...",
        "According to , buses came.",
        "Buses came, according to.",
        "According to ___ buses came.",
        "Lorem ipsum dolor sit amet.",
        "See https://example.com/buses for more.",
        "See www.example.org.",
        "See https://link for more.",
        "Автобусы прибыли [источник].",
        "По данным , автобусы прибыли.",
        "Источник: ???",
        "Автобуси прибули [джерело].",
        "За даними …, автобуси прибули.",
    ],
)
def test_a_placeholder_is_no_source(text):
    assert found(text) == [("placeholder", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Buses came, according to the harbour office.",
        "Source: Harbour Office",
        "[Harbour Office, 3 May 2024]",
        "The [harbour] office said so.",
        "See https://example.harbour.test/.",
        "По данным порта, автобусы прибыли.",
        "The source of the river is near.",
    ],
)
def test_a_source_is_no_placeholder(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "10 residents, including 12 children, came.",
        "Some 1,000 people (among them 1,200 women) came.",
        "12 жителей, в том числе 46 детей, прибыли.",
        "12 мирних мешканців, серед них 46 дітей, прибули.",
        "On 9 August 2024 10 people, of whom 12 walked, came.",
    ],
)
def test_a_subgroup_is_no_larger_than_its_whole(text):
    assert found(text) == [("subgroup", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "46 residents, including 12 children, came.",
        "More than 10 residents, including 12 children, came.",
        "Не менее 10 жителей, в том числе 12 детей, прибыли.",
        "2 buses with residents, including 12 children, came.",
        "10 residents, including a 90-year-old woman, came.",
        "10 residents came. Including the harbour, 12 offices closed.",
        "10 residents, including some who came on 24 June 2024, wait.",
        "2 people, including 50% of the crew, came.",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


def test_every_kind_of_fault_that_is_found_is_a_term():
    assert {kind for kind, _ in found(CLEAN, None)} <= set(TextFault.values)


def test_of_dates_that_overlap_the_first_is_read():
    assert [(day.day, day.month) for day in dates_in("5 May 6 June")] == [(5, 5), (6, 6)]


def test_a_hostile_text_is_read_in_time():
    text = ("1 people, " * 9_000 + "[" * 9_000)[:100_000]
    assert isinstance(found(text, None), list)
