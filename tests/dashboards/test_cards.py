"""How a figure is printed."""

from datetime import date

import pytest

from cases.dashboards.cards import age_in_words, card
from cases.queries.claims import claim_of
from tests.factories import PopulationFactory
from tests.queries.scenes import flow, held_and_returned, says, stock

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "age unknown"),
        (0, "today"),
        (1, "1 day old"),
        (59, "59 days old"),
        (92, "3 months old"),
        (487, "16 months old"),
        (800, "2 years old"),
    ],
)
def test_ages(days, words):
    assert age_in_words(days) == words


def kinds(count) -> set[str]:
    return {mark.kind for mark in card(claim_of(count), DAY).marks}


@pytest.mark.django_db
def test_marks_tell_what_to_know_of_a_figure():
    held = PopulationFactory()
    verified = {"state": "verified"}
    fresh = stock(held, 30, says("A"), as_of_edtf="2025-12-31", **verified)
    old = stock(held, 30, says("A", "B"), as_of_edtf="2025-01-01", is_estimate=True)
    nobody = stock(held, 30, says(), as_of_edtf="", state="disputed")
    ended = stock(held, 30, says("A"), as_of_edtf="2025-12-31", retracted=True)
    assert kinds(fresh) == set()
    assert kinds(old) == {"stale", "joint", "estimate", "draft"}
    assert kinds(nobody) == {"stale", "nobody", "disputed"}
    assert kinds(ended) == {"ended"}


@pytest.mark.django_db
def test_a_flow_does_not_grow_stale():
    _, returned = held_and_returned()
    assert "stale" not in kinds(flow(returned, 46, says("A"), as_of_edtf="2024-11-22"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2025-07-04", "As of 4 July 2025"),
        ("2025-08/..", "From August 2025"),
        ("../2024-11-22", "Until 22 November 2024"),
        ("", "No date given"),
    ],
)
def test_the_day_is_told_as_a_sentence_begins(as_of, words):
    count = stock(PopulationFactory(), 30, says("A"), as_of_edtf=as_of)
    assert card(claim_of(count), DAY).dated == words


@pytest.mark.django_db
def test_units_and_modalities_are_told_only_where_they_surprise():
    said = says("A")
    said.modality = "estimates"
    said.save()
    shelters = card(claim_of(stock(PopulationFactory(), 1000, said, unit="facility")), DAY)
    people = card(claim_of(stock(PopulationFactory(), 30, says("B"))), DAY)
    assert (shelters.unit, shelters.modality) == ("facilities", "estimates")
    assert (people.unit, people.modality) == ("", "")
