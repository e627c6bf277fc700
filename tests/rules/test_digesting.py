"""The life of a text that waits to be digested."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from cases.rules import digesting
from cases.vocabulary.reports import DigestState

LIFE = {
    ("new", "in_hand"), ("new", "set_aside"),
    ("in_hand", "new"), ("in_hand", "digested"), ("in_hand", "set_aside"),
    ("digested", "in_hand"),
    ("set_aside", "new"), ("set_aside", "in_hand"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), list(product(DigestState.values, repeat=2)))
def test_a_text_takes_the_steps_of_its_life_and_no_others(before, after):
    if (before, after) in LIFE:
        digesting.check_step(before, after)
        return
    with pytest.raises(ValidationError, match="A text cannot go from"):
        digesting.check_step(before, after)


def test_an_unknown_state_is_refused_with_the_known_ones():
    with pytest.raises(ValidationError, match="new, in_hand, digested, set_aside"):
        digesting.check_step("new", "lost")


def test_nothing_is_digested_of_which_nothing_is_recorded():
    digesting.check_digested("digested", statements=1)
    digesting.check_digested("new", statements=0)
    with pytest.raises(ValidationError, match="No statement is recorded"):
        digesting.check_digested("digested", statements=0)


def test_a_reason_is_given_where_a_text_is_set_aside_and_only_there():
    digesting.check_reason("set_aside", "A copy.")
    digesting.check_reason("new", " ")
    with pytest.raises(ValidationError, match="Say why"):
        digesting.check_reason("set_aside", " ")
    with pytest.raises(ValidationError, match="Leave it out"):
        digesting.check_reason("new", "Because.")
