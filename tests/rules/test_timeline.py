"""Where a step belongs among those of a case: on, late, or in place of another."""

from datetime import date
from random import Random

import pytest
from django.core.exceptions import ValidationError

from cases.rules import timeline
from cases.rules.status import MACHINES, RETURN
from cases.rules.timeline import Step
from cases.vocabulary.status import Axis, ReturnStatus as R
from tests.refusals import sentence_of


def day(number: int) -> date:
    return date(2024, 11, number)


def step(key, before, after, on=None, **fields):
    when = None if on is None else day(on)
    return Step(key, str(before), str(after), when, when, **fields)


HISTORY = [
    step(1, R.REPORTED, R.LOCATED_HELD, 1),
    step(2, R.LOCATED_HELD, R.RETURNED_TO_COUNTRY, 20),
]


def placed(steps, now, after, on=None, corrects=None):
    days = (None, None) if on is None else (day(on), day(on))
    return timeline.place(RETURN, steps, str(now), after=str(after), days=days, corrects=corrects)


def test_a_step_follows_on_the_one_that_the_case_stands_on():
    found = placed(HISTORY, R.RETURNED_TO_COUNTRY, R.HOME, 22)

    assert (found.before, found.moves, found.stands_on) == (R.RETURNED_TO_COUNTRY, True, 2)


@pytest.mark.parametrize("on", [None, 20])
def test_a_step_that_is_not_wholly_before_is_no_late_one(on):
    assert placed(HISTORY, R.RETURNED_TO_COUNTRY, R.HOME, on).moves
    assert "cannot go from “Returned to country” to “In transit”" in sentence_of(
        placed, HISTORY, R.RETURNED_TO_COUNTRY, R.IN_TRANSIT, on
    )


def test_a_step_learned_late_is_put_into_the_past_and_moves_nothing():
    found = placed(HISTORY, R.RETURNED_TO_COUNTRY, R.IN_TRANSIT, 10)

    assert (found.before, found.moves, found.judged_from) == (R.LOCATED_HELD, False, R.LOCATED_HELD)


def test_before_all_others_a_late_step_follows_on_the_beginning():
    assert placed(HISTORY[1:], R.RETURNED_TO_COUNTRY, R.IN_TRANSIT, 10).before == R.REPORTED


def test_a_late_step_fits_between_its_neighbours():
    assert "“Located, held” already" in sentence_of(
        placed, HISTORY, R.RETURNED_TO_COUNTRY, R.LOCATED_HELD, 10
    )
    assert "from “Deceased” to “Returned to country”" in sentence_of(
        placed, HISTORY, R.RETURNED_TO_COUNTRY, R.DECEASED, 10
    )


def test_the_last_step_is_set_right_and_the_case_moves():
    wrong = [*HISTORY, step(3, R.RETURNED_TO_COUNTRY, R.DECEASED)]

    found = placed(wrong, R.DECEASED, R.HOME, corrects=3)
    undone = placed(wrong, R.DECEASED, R.RETURNED_TO_COUNTRY, corrects=3)

    assert (found.before, found.moves, found.judged_from) == (R.DECEASED, True, R.DECEASED)
    assert undone.moves
    assert "from “Returned to country” to “In transit”" in sentence_of(
        placed, wrong, R.DECEASED, R.IN_TRANSIT, corrects=3
    )


def test_an_earlier_step_is_set_right_and_the_case_stays():
    found = placed(HISTORY, R.RETURNED_TO_COUNTRY, R.UNACCOUNTED_FOR, corrects=1)

    assert (found.before, found.moves, found.stands_on) == (R.LOCATED_HELD, False, 2)
    assert placed(HISTORY, R.RETURNED_TO_COUNTRY, R.RETURNED_TO_COUNTRY, corrects=1).moves is False
    assert "from “Home” to “Returned to country”" in sentence_of(
        placed, HISTORY, R.RETURNED_TO_COUNTRY, R.HOME, corrects=1
    )


def test_a_late_step_is_set_right_by_itself():
    late = [*HISTORY, step(3, R.LOCATED_HELD, R.IN_TRANSIT, 10, moves=False)]

    assert placed(late, R.RETURNED_TO_COUNTRY, R.HANDED_OVER, corrects=3).moves is False


def test_a_step_is_set_right_once_and_its_correction_after_it():
    corrected = [
        *HISTORY,
        step(3, R.RETURNED_TO_COUNTRY, R.DUPLICATE),
        step(4, R.DUPLICATE, R.HOSPITALISED, corrects=3),
    ]

    assert "can be set right here" in sentence_of(
        placed, corrected, R.HOSPITALISED, R.HOME, corrects=3
    )
    assert placed(corrected, R.HOSPITALISED, R.RETURNED_TO_COUNTRY, corrects=4).moves
    last = timeline.standing(corrected)
    assert last is not None
    assert last.key == 4


def test_a_chain_that_does_not_hold_is_an_error():
    with pytest.raises(ValueError, match="follows on"):
        timeline.replay(R.HOME, HISTORY)


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_recorded_late_or_set_right_the_steps_lead_to_the_status(axis, seed):
    """A random case: each step that the rules accept is added; then the steps are followed."""
    chance, machine = Random(seed), MACHINES[axis]  # noqa: S311 - no secret
    [start] = machine.starts
    now: str = start
    steps: list[Step] = []
    for key in range(60):
        after = chance.choice(machine.terms.values)
        on = chance.choice([None, *range(1, 29)])
        corrects = chance.choice(steps).key if steps and chance.random() < 0.4 else None
        when = None if on is None else day(on)
        days = (when, when)
        try:
            found = timeline.place(machine, steps, now, after=after, days=days, corrects=corrects)
        except ValidationError:
            continue
        steps.append(Step(key, found.before, after, when, when, corrects, found.moves))
        now = after if found.moves else now

    assert steps
    assert timeline.replay(start, steps) == now
    last = timeline.standing(steps)
    assert last is not None
    assert last.after == now
