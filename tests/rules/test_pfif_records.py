"""What is wrong with a record of PFIF, and what of it a case has a field for."""

import pytest
from django.core.exceptions import ValidationError

from cases.actions import offers
from cases.rules.pfif_records import MOST_NOTES, Registered, facts, faults, moment

DAY = "2025-07-04T00:00:00Z"
PERSON = {"person_record_id": "elsewhere.example/1", "source_date": DAY, "full_name": "Anna"}


def record(*notes, **fields):
    return Registered(1, "1.4", {**PERSON, **fields}, notes)


def test_so_many_notes_are_refused():
    note = {"note_record_id": "elsewhere.example/n", "source_date": DAY, "text": "Seen."}
    told = list(faults(record(*[note] * (MOST_NOTES + 1))))

    assert "note: There are more than 50 notes." in told


@pytest.mark.parametrize("text", ["yesterday", "2025-02-30T00:00:00Z"])
def test_a_moment_that_is_none_is_refused(text):
    with pytest.raises(ValidationError, match="not as PFIF has it"):
        moment(text)


def test_a_case_takes_what_it_has_a_field_for():
    told = facts(record(sex="female", date_of_birth="1980", age="44", description="Tall."))

    assert told["sex"] == "female"
    assert (told["birth_edtf"], told["circumstances"]) == ("1980", "Tall.")
    assert (told["age_as_stated"], told["age_as_of_edtf"]) == (44, "2025-07-04")


@pytest.mark.parametrize("age", ["", "40-50", "old"])
def test_and_nothing_that_was_not_said(age):
    assert set(facts(record(age=age))) == {"names"}


def test_a_name_is_put_down_once():
    told = facts(record(alternate_names="Anna\nHanna\n\nHanna"))

    assert [name["text"] for name in told["names"]] == ["Anna", "Hanna"]


def test_a_record_that_is_too_long_to_keep_is_refused(monkeypatch):
    monkeypatch.setattr(offers, "LONGEST_CONTENT", 10)

    with pytest.raises(ValidationError, match="longer than 10 characters"):
        offers._content(record())
