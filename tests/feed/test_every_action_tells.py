"""No write of a row of the API escapes the feed: asked of all actions, as of the trail."""

import pytest

from cases.access.collections import NAMES, READ_BY
from cases.access.gate import System, acting_as
from cases.actions import transfers
from cases.api.urls import RESOURCES
from cases.models import Change
from cases.queries import sight
from cases.vocabulary.changes import ChangeKind
from cases.vocabulary.organisations import Role
from tests.actions.test_every_action_asks_first import ACTIONS
from tests.actions.test_every_action_is_audited import (
    ADMINISTRATION,
    ELSEWHERE,
    all_rows,
    prepared,
)
from tests.factories import IndividualNameFactory, OrganisationFactory
from tests.feed.mirrors import UNTOLD

pytestmark = pytest.mark.django_db


def told(kind):
    rows = Change.objects.filter(kind=kind).values_list("model", "row_id")
    return set(rows)


def assert_told(before, after):
    """Hold what was told against the rows themselves: each that differs, and each that is gone."""
    changed = {key for key, values in after.items() if before.get(key) != values}
    changed_rows = {(model._meta.model_name, key) for model, key in changed}
    gone = {(model._meta.model_name, key) for model, key in before.keys() - after.keys()}

    assert changed_rows
    assert changed_rows - told(ChangeKind.CHANGED) == set()
    assert gone - told(ChangeKind.GONE) == set()


@pytest.mark.parametrize(("name", "function"), [
    pytest.param(param.id, param.values[0], id=param.id) for param in ACTIONS
    if not {param.id, str(param.id).split(".")[0]} & ELSEWHERE
])  # fmt: skip
def test_every_changed_row_is_told_of(name, function, actor_of):
    role = Role.ADMINISTRATOR if name.split(".")[0] in ADMINISTRATION else Role.SUPERVISOR
    by = actor_of(role, is_movement_cell=True)
    call = prepared(name, function)
    before = all_rows()

    with acting_as(by):
        call(by)

    after = all_rows()
    if before != after:
        assert_told(before, after)


def test_a_case_that_passes_on_is_told_of_with_all_its_rows(organisation):
    name, theirs = IndividualNameFactory(), OrganisationFactory(other=True)
    before = all_rows()

    transfers.hand_over(name.individual, to=theirs, by=System("tests"))

    assert_told(before, all_rows())


def test_the_feed_tells_of_every_collection():
    told_of = {
        resource.model._meta.model_name: (name, resource.reads)
        for name, resource in RESOURCES.items()
        if not resource.model._meta.proxy and name not in UNTOLD
    }

    assert told_of == {name: (NAMES[name], act) for name, act in READ_BY.items()}
    assert told_of.keys() <= {model._meta.model_name for model in sight.told_of()}
