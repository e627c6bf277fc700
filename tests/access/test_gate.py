"""The gate itself."""

from contextvars import Context

import pytest

from cases.access.gate import (
    Anonymous,
    NoActor,
    System,
    _actor as acting,
    acting_as,
    become,
    current_actor,
    looked_up,
)


@pytest.fixture
def nobody():
    token = acting.set(None)
    yield
    acting.reset(token)


def test_nobody_acting_is_a_fault_and_no_empty_answer(nobody):
    with pytest.raises(NoActor, match="Nobody is acting"):
        current_actor()


def test_nobody_looks_anything_up_for_nobody():
    with pytest.raises(NoActor, match="Nobody is acting"):
        Context().run(looked_up, "levels", dict)


def test_a_block_ends_with_whoever_acted_before():
    before = current_actor()

    with acting_as(Anonymous()) as actor:
        assert current_actor() is actor
    assert current_actor() is before


def test_a_block_ends_also_where_it_fails():
    before = current_actor()

    with pytest.raises(ZeroDivisionError), acting_as(Anonymous()):
        raise ZeroDivisionError
    assert current_actor() is before


def test_becoming_somebody_lasts_until_the_block_ends():
    before = current_actor()

    with acting_as(Anonymous()):
        become(System("a token was read"))
        assert current_actor() == System("a token was read")
    assert current_actor() is before


def test_nobody_becomes_somebody_outside_a_block(nobody):
    with pytest.raises(NoActor):
        become(System("a token was read"))
