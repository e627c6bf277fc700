"""Places below places."""

import pytest

from cases.rules import places
from tests.refusals import sentence_of


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("oblast", "country"),
        ("settlement", "oblast"),
        ("border_point", "settlement"),
        ("informal_area", "oblast"),
        ("settlement", "informal_area"),
        ("country", None),
        ("nowhere", "country"),
    ],
)
def test_a_place_lies_in_a_larger_one(kind, parent):
    places.check_parent(kind, parent, ["above"], "own")


@pytest.mark.parametrize(
    ("kind", "parent"),
    [("oblast", "district"), ("oblast", "oblast"), ("country", "informal_area")],
)
def test_a_place_does_not_lie_in_a_smaller_one(kind, parent):
    assert "cannot lie inside" in sentence_of(places.check_parent, kind, parent, ["above"], "own")


def test_a_place_does_not_lie_in_itself():
    said = sentence_of(places.check_parent, "settlement", "district", ["above", "own"], "own")

    assert said == "A place cannot lie inside itself. Choose another parent."
