"""Partial dates."""

from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from cases.rules import dates
from tests.refusals import sentence_of

D = date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2024", D(2024, 1, 1), D(2024, 12, 31), "2024"),
        ("2024-02", D(2024, 2, 1), D(2024, 2, 29), "February 2024"),
        ("2024-08-06", D(2024, 8, 6), D(2024, 8, 6), "6 August 2024"),
        ("2024-08~", D(2024, 8, 1), D(2024, 8, 31), "about August 2024"),
        ("2025-06-24?", D(2025, 6, 24), D(2025, 6, 24), "24 June 2025 (uncertain)"),
        ("2025%", D(2025, 1, 1), D(2025, 12, 31), "about 2025 (uncertain)"),
        ("2025-07-03/2025-07-04", D(2025, 7, 3), D(2025, 7, 4), "3 July 2025 to 4 July 2025"),
        ("2024-08/..", D(2024, 8, 1), None, "from August 2024"),
        ("../2024-11-22", None, D(2024, 11, 22), "until 22 November 2024"),
        ("[2024-08,2024-09]", D(2024, 8, 1), D(2024, 9, 30), "August 2024 or September 2024"),
        ("2024-08-15/2024-08", D(2024, 8, 15), D(2024, 8, 31), "15 August 2024 to August 2024"),
    ],
)
def test_what_a_partial_date_means(text, earliest, latest, words):
    assert dates.bounds(text) == (earliest, latest)
    assert dates.in_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "August 2024",
        "2024-13",
        "2024-00",
        "2024-08-00",
        "2023-02-29",
        "24-08",
        "0999",
        "2024-8",
        "2024-08-06T10:00",
        "../..",
        "2024/2025/2026",
        "[2024]",
        "[2024,..]",
        "[2024/2025,2026]",
        "2024~?",
        "２０２４",
        " ",
        "2024-08 / 2024-09",
    ],
)
def test_anything_else_is_refused_with_examples(text):
    said = sentence_of(dates.check, text)

    assert said.endswith(f"is not a date we can read. Write one of: {dates.EXAMPLES}.")


def test_an_interval_does_not_end_before_it_begins():
    said = sentence_of(dates.parse, "2025-07-04/2025-07-03")

    assert said == ("“2025-07-04/2025-07-03” ends before it begins. Write the earlier date first.")


def test_a_long_text_is_cut_in_its_refusal():
    assert len(sentence_of(dates.check, "x" * 5_000)) < 400


def test_no_date_has_no_bounds():
    assert dates.bounds("") == (None, None)
    assert dates.in_words("") == "no date"


@pytest.mark.parametrize(
    ("text", "is_approximate", "is_uncertain"),
    [
        ("2024", False, False),
        ("2024~", True, False),
        ("2024?", False, True),
        ("2024%", True, True),
        ("2024~/2025", True, False),
        ("[2024,2025?]", False, True),
    ],
)
def test_marks_are_kept(text, is_approximate, is_uncertain):
    parsed = dates.parse(text)

    assert (parsed.is_approximate, parsed.is_uncertain) == (is_approximate, is_uncertain)


@given(st.from_regex(r"\A[12]\d{3}(-\d\d(-\d\d)?)?[~?%]?\Z"))
def test_what_is_read_begins_before_it_ends_and_can_be_said(text):
    try:
        parsed = dates.parse(text)
    except ValidationError:
        return

    assert parsed.earliest is not None
    assert parsed.latest is not None
    assert parsed.earliest <= parsed.latest
    assert text[:4] in dates.in_words(text)
    assert f"{parsed.earliest}".startswith(text.rstrip("~?%"))


@given(st.text(max_size=80))
def test_no_text_does_anything_but_parse_or_be_refused(text):
    with suppress(ValidationError):
        assert dates.parse(text).text == text.strip()
