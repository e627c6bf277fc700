"""References, ages and ties."""

from datetime import date
from itertools import pairwise

import pytest

from cases.rules import individuals
from cases.vocabulary.individuals import FamilyTie
from tests.refusals import sentence_of


def test_a_case_number_ends_in_its_check():
    assert individuals.case_number(42) == "C-000042-69"
    individuals.check_case_number("C-000042-69")


@pytest.mark.parametrize("serial", [1, 42, 97, 98, 999_999, 1_000_000])
def test_a_slip_of_one_digit_or_two_swapped_is_noticed(serial):
    number = individuals.case_number(serial)
    digits = [place for place, letter in enumerate(number) if letter.isdigit()]
    slips = {
        number[:place] + digit + number[place + 1 :] for place in digits for digit in "0123456789"
    }
    swaps = {
        number[:one] + number[other] + number[one + 1 : other] + number[one] + number[other + 1 :]
        for one, other in pairwise(digits)
    }

    for mistyped in (slips | swaps) - {number}:
        assert "is not a case number" in sentence_of(individuals.check_case_number, mistyped)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "C",
        "C-42-69",
        "D-000042-69",
        "C-00004x-69",
        "C-000042",
        f"C-{'1' * 5000}-11",
        "C-٠٠٠٠٤٢-69",
    ],
)
def test_what_is_no_case_number_is_refused(number):
    assert "One looks like C-000042-69; check it." in sentence_of(
        individuals.check_case_number, number
    )


def test_an_age_has_its_day():
    individuals.check_age(3, "2024-11-22")
    individuals.check_age(None, "")

    assert sentence_of(individuals.check_age, 3, "").startswith("An age needs the date")


@pytest.mark.parametrize(
    ("age", "born_latest", "is_minor"),
    [
        (17, None, True),
        (18, None, False),
        (0, None, True),
        (None, None, False),
        (None, date(2006, 11, 22), False),
        (None, date(2006, 11, 23), True),
        (40, date(2020, 1, 1), True),
        (3, date(1960, 1, 1), False),
    ],
)
def test_who_may_be_a_minor_on_22_november_2024(age, born_latest, is_minor):
    on = date(2024, 11, 22)

    assert individuals.is_minor(age, born_latest=born_latest, on=on) is is_minor


def test_every_tie_has_an_inverse_that_leads_back():
    assert set(individuals.INVERSE_TIE) == set(FamilyTie.values)
    for tie, back in individuals.INVERSE_TIE.items():
        assert individuals.are_inverse(tie, back)
        assert individuals.are_inverse(back, tie)
    assert not individuals.are_inverse(FamilyTie.MOTHER, FamilyTie.SPOUSE)
