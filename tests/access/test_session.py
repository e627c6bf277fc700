"""What the database is told of whoever acts."""

from uuid import UUID, uuid4

import pytest

from cases.access.gate import Actor, Anonymous, System
from cases.access.session import NOBODY, every_actor, label, told
from cases.vocabulary.organisations import Role

ORGANISATION, USER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("actor", [None, Anonymous()])
def test_nobody_is_told_by_empty_settings(actor):
    assert told(actor) == NOBODY == ("", "", "")


def test_the_system_is_nobody_in_particular():
    assert told(System("tests")) == ("system", "", "")


def test_somebody_is_told_by_role_flags_organisation_and_user():
    actor = Actor(USER, ORGANISATION, Role.CASEWORKER, is_cleared_for_restricted=True)

    said = ("caseworker cleared_for_restricted", str(ORGANISATION), str(USER))
    assert told(actor) == said


def test_every_actor_has_a_label_of_its_own():
    labels = [name for name, _actor in every_actor()]

    assert len(set(labels)) == len(labels)
    for role in Role:
        assert label(Actor(uuid4(), uuid4(), role)) in labels
        assert label(Actor(uuid4(), uuid4(), role, True, True)) in labels
