"""Where a tie puts a relative in a family."""

import pytest

from cases.rules.individuals import INVERSE_TIE
from cases.rules.kinship import GENERATION, generation
from cases.vocabulary.individuals import FamilyTie


@pytest.mark.parametrize("tie", FamilyTie)
def test_a_tie_and_its_inverse_are_as_far_apart(tie):
    up, down = generation(tie), generation(INVERSE_TIE[tie])

    assert down == (None if up is None else -up)


def test_only_a_relative_has_no_generation():
    assert set(FamilyTie) - set(GENERATION) == {FamilyTie.RELATIVE}
