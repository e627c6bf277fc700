"""What two cases of one person come to, from values alone."""

from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from cases.models import Individual
from cases.rules import merges
from cases.rules.duplicates import in_order
from cases.vocabulary.individuals import CaseSensitivity, Identification, Priority, Sex

PLAIN = dict.fromkeys(merges.COLUMNS, "") | {
    "sensitivity": "standard", "priority": "routine", "identification": "named", "sex": "unknown",
    "age_as_stated": None, "home_place_id": None, "last_known_place_id": None,
    "assigned_to_id": None,
}  # fmt: skip
CASES = st.fixed_dictionaries(
    {
        "sensitivity": st.sampled_from(CaseSensitivity.values),
        "priority": st.sampled_from(Priority.values),
        "identification": st.sampled_from(Identification.values),
        "sex": st.sampled_from(Sex.values),
        "do_not_share_with": st.sampled_from(["", "The press.", "The garrison."]),
        "circumstances": st.sampled_from(["", "A", "B"]),
        "birth_edtf": st.sampled_from(["", "1950", "1961-03"]),
    }
).map(lambda given: PLAIN | given)


def settled(kept, duplicate):
    return merges.settled(PLAIN | kept, PLAIN | duplicate)


def test_every_column_is_one_of_the_case():
    assert all(Individual._meta.get_field(name) for name in merges.COLUMNS)


@pytest.mark.parametrize(
    ("kept", "duplicate", "changes"),
    [
        ({}, {"sensitivity": "restricted"}, {"sensitivity": "restricted"}),
        ({"sensitivity": "restricted"}, {}, {}),
        ({"priority": "high"}, {"priority": "urgent"}, {"priority": "urgent"}),
        ({"identification": "described"}, {}, {"identification": "named"}),
        ({"identification": "anonymous"}, {}, {}),
        ({"do_not_share_with": "A"}, {"do_not_share_with": "B"}, {"do_not_share_with": "A\nB"}),
        ({"do_not_share_with": "A and B"}, {"do_not_share_with": "B"}, {}),
        ({}, {"do_not_share_with": "B"}, {"do_not_share_with": "B"}),
        ({}, {"sex": "male"}, {"sex": "male"}),
        ({"sex": "female"}, {"sex": "male"}, {}),
        (
            {"age_as_of_as_stated": "then"},
            {"age_as_stated": 3, "age_as_of_edtf": "2024"},
            {"age_as_stated": 3, "age_as_of_edtf": "2024", "age_as_of_as_stated": ""},
        ),
        ({"birth_edtf": "1950"}, {"birth_as_stated": "in the fifties"}, {}),
    ],
)
def test_what_the_kept_case_takes_over(kept, duplicate, changes):
    assert settled(kept, duplicate) == changes


@given(CASES, CASES)
def test_settled_once_it_is_settled(kept, duplicate):
    """Which is also how an undoing knows that nobody has changed it since."""
    changes = merges.settled(kept, duplicate)

    assert merges.settled(kept | changes, duplicate) == {}
    assert merges.settled({name: kept[name] for name in changes}, duplicate) == changes


@given(CASES, CASES)
def test_neither_protection_is_lost(kept, duplicate):
    after = kept | merges.settled(kept, duplicate)

    assert {kept["sensitivity"], duplicate["sensitivity"]} <= {"standard", after["sensitivity"]}
    for text in (kept["do_not_share_with"], duplicate["do_not_share_with"]):
        assert text in after["do_not_share_with"]


@pytest.mark.parametrize("tie", ["mother", "father", "parent", "grandparent"])
def test_an_elder_of_one_is_no_descendant_of_the_other(tie):
    for kept, duplicate in (
        ([("x", tie)], [("x", "child")]),
        ([("x", "grandchild")], [("x", tie)]),
    ):
        with pytest.raises(ValidationError, match="Mend the tie"):
            merges.check_family([], kept, duplicate)
    merges.check_family(["possible"], [("x", tie)], [("y", "child"), ("x", "relative")])


def test_a_pair_stands_one_way_round():
    low, high = UUID(int=1), UUID(int=2)

    assert in_order(high, low) == in_order(low, high) == (low, high)
    with pytest.raises(ValidationError):
        in_order(low, low)
