"""Twelve ways to tamper with what is on record, and none that stays hidden."""

import pytest

from tests.trust import tampering

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_every_tampering_is_found_and_its_place_is_named():
    figures = tampering.run()

    assert str(figures) == "tamperings detected: 12 of 12", figures.missed


def test_a_tampering_that_changes_nothing_is_missed(monkeypatch):
    monkeypatch.setattr(tampering, "TAMPERINGS", {"none": lambda _scene: None})

    assert tampering.run().missed == ("none",)
