"""What one organisation is told does not depend, in one byte, on what another one keeps."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import models, transaction

from cases import clock, ids
from cases.api.base import AddResource
from cases.api.urls import RESOURCES
from cases.vocabulary.organisations import Role
from tests.api.collections import BY_FORM, CHANGES, address, body
from tests.factories import IndividualFactory, UserFactory
from tests.matrices import exhaustively
from tests.proof.canaries import mark, of_another
from tests.proof.crawling import Answer, Crawler
from tests.proof.stage import ONLOOKERS, Onlooker, Stage, api_for, set_up

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
SAMPLE = ["partner"]
"""Who writes as well; the others in the long run."""
PRIVATE = [
    name
    for name, resource in RESOURCES.items()
    if issubclass(resource, AddResource)
    and resource.model.SCOPE.kind.value != "shared"
    and name not in BY_FORM
]
Bodies = dict[str, dict[str, Any]]


@pytest.mark.parametrize("name", exhaustively([one.name for one in ONLOOKERS], SAMPLE))
def test_nothing_tells_of_what_another_organisation_does(name, without_chance):
    with clock.fixed(NOW):
        who = next(one for one in ONLOOKERS if one.name == name)
        stage = set_up(who)
        ours, theirs = bodies(stage)

        crawler = Crawler(stage)
        quiet = told(crawler, ours, lambda: None)
        busy = told(crawler, ours, lambda: be_busy(stage, theirs, who))

    assert len(quiet) > 500
    differing = [(was, now) for was, now in zip(quiet, busy, strict=False) if was != now]
    assert differing == [], differing[0]
    assert len(quiet) == len(busy)


def bodies(stage: Stage) -> tuple[Bodies, Bodies]:
    """Write what either side will add; our rows are to have the very codes of theirs.

    Written before the two worlds part: the rows of shared ground that they name are in both.
    """
    ours = {name: body(name, stage.ours) for name in PRIVATE}
    theirs = {name: body(name, stage.theirs) for name in PRIVATE}
    for name in PRIVATE:
        for code in unique_texts(RESOURCES[name].model) & ours[name].keys():
            ours[name][code] = theirs[name][code]
    return ours, theirs


def unique_texts(model: Any) -> set[str]:
    """Name the texts that are unique in their organisation."""
    unique = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    named = {field for constraint in unique for field in constraint.fields}
    return {name for name in named if isinstance(model._meta.get_field(name), models.CharField)}


def told(crawler: Crawler, ours: Bodies, before: Callable[[], None]) -> list[Answer]:
    """Go on the tour after something has happened, and take all of it back."""
    cookies = crawler.browser.cookies.output(header="")
    with transaction.atomic():
        before()
        with ids.derived_from("the tour"):
            answers = list(tour(crawler, ours))
        transaction.set_rollback(True)
    crawler.browser.cookies = SimpleCookie(cookies)
    return answers


def tour(crawler: Crawler, ours: Bodies) -> Iterator[Answer]:
    """Write what one may, then try every door."""
    for name, sent in ours.items():
        yield crawler.ask(address(name), "post", sent)
    for name, change in CHANGES.items():
        row = crawler.stage.row(RESOURCES[name].model, "own")
        tag = {"If-Match": '"1"'}
        yield crawler.ask(address(name, row), "patch", change, headers=tag)
    yield from crawler.everything()


def be_busy(stage: Stage, theirs: Bodies, who: Onlooker) -> None:
    """Let the others add rows, change all that they keep to themselves, and be refused."""
    IndividualFactory.create_batch(60, organisation=stage.theirs)
    colleagues = [
        UserFactory(organisation=stage.theirs, role=role, is_movement_cell=True)
        for role in (Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER)
    ]
    clients = [api_for(colleague) for colleague in colleagues]
    added = {
        name
        for name, sent in theirs.items()
        for client in clients
        if client.post(address(name), sent).status_code == 201
    }
    assert added == theirs.keys()
    assert len(mark(stage.foreign, lambda model, _row: of_another(model, who))) > 30
