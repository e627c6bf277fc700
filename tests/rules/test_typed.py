"""Values as people type them into tables, and files that are not taken."""

from decimal import Decimal

import pytest

from cases.rules import encodings, imports, typed
from tests.refusals import sentence_of


@pytest.mark.parametrize(
    ("text", "number"), [("46", 46), ("1 500", 1500), ("12\u00a0345", 12345), ("-3", -3)]
)
def test_whole_numbers(text, number):
    assert typed.whole_number(text) == number


@pytest.mark.parametrize("text", ["1,234", "4.0", "٣", "about 20", "1 5", ""])
def test_what_two_readers_read_in_two_ways_is_no_number(text):
    assert "is not a whole number" in sentence_of(typed.whole_number, text)


def test_numbers_with_a_point_or_a_comma():
    assert typed.decimal("50,45") == typed.decimal("50.45") == Decimal("50.45")
    assert "is not a number" in sentence_of(typed.decimal, "1,234.5")


@pytest.mark.parametrize(("text", "is_so"), [("Так", True), ("да", True), ("no", False)])
def test_yes_and_no_in_three_languages(text, is_so):
    assert typed.truth(text) is is_so


def test_neither_yes_nor_no():
    assert "neither yes nor no" in sentence_of(typed.truth, "perhaps")


@pytest.mark.parametrize(
    ("text", "day"),
    [("6.8.2024", "2024-08-06"), ("2024-08-06 00:00", "2024-08-06"), ("08/06/2024", "08/06/2024")],
)
def test_days(text, day):
    assert typed.day(text) == day


def test_a_file_without_rows_or_with_too_many_is_refused():
    assert "no rows" in sentence_of(imports.check_size, "places", "each", 0)
    assert "At most 20,000" in sentence_of(imports.check_size, "places", "each", 20_001)
    assert "At most 200,000" in sentence_of(imports.check_size, "individuals", "whole", 200_001)
    imports.check_size("individuals", "each", 200_001)


def test_bytes_without_a_letter_are_in_no_encoding():
    said = sentence_of(encodings.decoded, b"1;\xab2\xbb;3\n")

    assert "in which encoding" in said
