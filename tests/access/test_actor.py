"""An actor who reads no further than a ceiling, for now."""

from uuid import uuid4

import pytest

from cases.access.actor import Actor
from cases.access.sensitivity import CRITICAL, IDENTIFYING, OPEN, OPERATIONAL, PROTECTED
from cases.vocabulary.organisations import Role


def actor(role, **flags):
    return Actor(uuid4(), uuid4(), role, **flags)


@pytest.mark.parametrize("ceiling", [OPEN, OPERATIONAL, IDENTIFYING, PROTECTED])
@pytest.mark.parametrize("role", Role)
def test_nobody_reads_beyond_the_ceiling_or_their_role(role, ceiling):
    plain, in_cell = actor(role), actor(role, is_movement_cell=True)

    assert plain.up_to(ceiling).clearance == min(ceiling, plain.clearance)
    assert in_cell.up_to(ceiling).clearance == min(ceiling, plain.clearance)
    assert not in_cell.up_to(ceiling).is_movement_cell


def test_the_rest_of_the_actor_stays():
    before = actor(Role.CASEWORKER, is_movement_cell=True, is_cleared_for_restricted=True)

    assert before.up_to(CRITICAL) == before
    assert before.up_to(OPERATIONAL).user_id == before.user_id
    assert before.up_to(OPERATIONAL).is_cleared_for_restricted
