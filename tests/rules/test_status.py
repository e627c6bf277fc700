"""The two machines of a case."""

from typing import Any

import pytest

from cases.rules import status
from cases.vocabulary.individuals import Certainty
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus
from tests.refusals import sentence_of

R: Any = ReturnStatus
W: Any = WorkStatus


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (R.REPORTED, R.LOCATED_HELD),
        (R.REPORTED, R.RETURNED_TO_COUNTRY),
        (R.LOCATED_HELD, R.LOCATED_IN_AREA),
        (R.LISTED_FOR_RETURN, R.LOCATED_HELD),
        (R.RETURNED_TO_COUNTRY, R.HOSPITALISED),
        (R.HOME, R.TEMPORARY_ACCOMMODATION),
        (R.RETURN_FAILED, R.LOCATED_HELD),
        (R.RETURN_FAILED, R.LISTED_FOR_RETURN),
        (R.DOES_NOT_WISH_TO_RETURN, R.RETURNED_TO_COUNTRY),
        (R.IN_TRANSIT, R.DECEASED),
    ],
)
def test_steps_that_are_open(before, after):
    status.check_step(Axis.RETURN, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (R.REPORTED, R.REPORTED),
        (R.HOME, R.LOCATED_HELD),
        (R.RETURNED_TO_COUNTRY, R.IN_TRANSIT),
        (R.RETURN_FAILED, R.REPORTED),
    ],
)
def test_the_return_machine_does_not_go_back_in_silence(before, after):
    said = sentence_of(status.check_step, Axis.RETURN, before, after)
    assert said.startswith("A case is “" if before == after else "A case cannot go from")


@pytest.mark.parametrize("final", [R.DECEASED, R.OUT_OF_SCOPE, R.DUPLICATE])
def test_a_final_status_has_no_next(final):
    said = sentence_of(status.check_step, Axis.RETURN, final, R.HOME)

    assert said.endswith("Next may be: nothing: it is final.")


def test_work_goes_through_a_second_person():
    status.check_step(Axis.WORK, W.PENDING_CLOSURE, W.CLOSED)

    said = sentence_of(status.check_step, Axis.WORK, W.OPEN, W.CLOSED)

    assert said == (
        "A case cannot go from “Open” to “Closed”. Next may be: On hold, Pending closure."
    )


def test_a_status_of_the_other_axis_or_of_none_is_refused():
    assert "is not a status of this axis" in sentence_of(
        status.check_step, Axis.WORK, W.OPEN, R.HOME
    )
    assert "is not an axis" in sentence_of(status.check_axis, "sideways")
    status.check_axis("work")


def test_every_status_has_its_steps_and_can_be_reached():
    assert set(status.RETURN_STEPS) == set(R.values)
    assert set(status.WORK_STEPS) == set(W.values)
    reached = {step for steps in status.RETURN_STEPS.values() for step in steps}
    assert reached == set(R.values) - {R.REPORTED}


def test_everybody_is_outstanding_back_or_aside():
    groups = [status.OUTSTANDING, status.BACK_IN_COUNTRY, status.SIDE_STATES - {R.RETURN_FAILED}]

    assert frozenset().union(*groups) == set(R.values)
    assert sum(len(group) for group in groups) == len(R.values)


@pytest.mark.parametrize(("origins", "is_official"), [(2, False), (1, True), (0, True)])
def test_a_death_is_believed_on_two_origins_or_one_document(origins, is_official):
    status.check_death(origins, is_official=is_official)


def test_a_death_is_not_believed_on_one_origin():
    assert "two statements of different origin" in sentence_of(
        status.check_death, 1, is_official=False
    )


def test_a_minor_goes_to_confirmed_family_only():
    confirmed = frozenset({Certainty.CONFIRMED, Certainty.POSSIBLE})
    status.check_minor_with_family(is_minor=True, certainties=confirmed)
    status.check_minor_with_family(is_minor=False, certainties=frozenset())

    said = sentence_of(
        status.check_minor_with_family,
        is_minor=True,
        certainties=frozenset({Certainty.PROBABLE}),
    )
    assert said.startswith("A minor goes “with family” only on a confirmed family link.")


@pytest.mark.parametrize(
    ("axis", "before", "after", "needs"),
    [
        (Axis.RETURN, R.IN_TRANSIT, R.DECEASED, True),
        (Axis.RETURN, R.HOME, R.RETURN_FAILED, True),
        (Axis.RETURN, R.IN_TRANSIT, R.RETURN_FAILED, False),
        (Axis.RETURN, R.HOME, R.LOCATED_HELD, True),
        (Axis.RETURN, R.DUPLICATE, R.REPORTED, True),
        (Axis.RETURN, R.OUT_OF_SCOPE, R.REPORTED, True),
        (Axis.RETURN, R.IN_TRANSIT, R.HOME, False),
        (Axis.RETURN, R.IN_TRANSIT, R.DUPLICATE, False),
        (Axis.WORK, W.PENDING_CLOSURE, W.CLOSED, True),
        (Axis.WORK, W.CLOSED, W.REOPENED, True),
        (Axis.WORK, W.PENDING_CLOSURE, W.OPEN, False),
    ],
)
def test_which_steps_a_second_person_takes(axis, before, after, needs):
    assert status.needs_second_person(axis, before, after) is needs
