"""What the database writes is what the serializers show: they are the oracle of the fast path."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from django.test import RequestFactory

from cases.access.actor import Actor
from cases.access.gate import System, acting_as
from cases.api import written
from cases.api.addresses import settled
from cases.api.selection import WHOLE, Selection, expandable, listed_by, shown_names
from cases.api.urls import RESOURCES
from cases.api.written import Wanted, is_written, read
from cases.models import Grant
from tests.proof.stage import ONLOOKERS, set_up

WRITTEN = {name: resource for name, resource in RESOURCES.items() if is_written(resource)}
BY_PYTHON = {
    "source-reports", "statements", "reported-counts", "outstanding-counts", "assessments",
    "routes", "repatriation-batches", "referrals", "exports", "imports", "webhooks",
}  # fmt: skip
"""Collections with a field that only Python works out."""
SIGNED_IN = [onlooker for onlooker in ONLOOKERS if onlooker.role]
REQUEST: Any = RequestFactory().get("/")


def test_nearly_all_collections_are_written():
    assert RESOURCES.keys() - WRITTEN.keys() == BY_PYTHON


@pytest.fixture(params=SIGNED_IN, ids=lambda onlooker: onlooker.name)
def stage(request, db):
    return set_up(request.param)


@pytest.mark.parametrize("is_given", [True, False], ids=["with a grant", "without"])
def test_written_rows_are_the_shown_ones(stage, is_given):
    if not is_given:
        with acting_as(System("tests")):
            Grant.objects.all().delete()
    actor = Actor.of(stage.user)
    compared = {name: compare(name, actor) for name in WRITTEN if actor.may(WRITTEN[name].reads)}

    assert sum(compared.values()) >= len(compared)


@pytest.mark.parametrize("is_given", [True, False], ids=["with a grant", "without"])
def test_written_rows_are_the_shown_ones_where_fields_and_links_are_chosen(stage, is_given):
    if not is_given:
        with acting_as(System("tests")):
            Grant.objects.all().delete()
    actor = Actor.of(stage.user)
    compared = 0
    for name, resource in RESOURCES.items():
        if actor.may(resource.reads):
            for selection in selections(resource):
                compared += compare(name, actor, selection)

    assert compared >= len(RESOURCES)


@cache
def selections(resource: Any) -> list[Selection]:
    """Every other field with the links among them, and all links that can be written at once."""
    with acting_as(System("tests")):
        serializer = listed_by(resource)()
        links, names = expandable(serializer), shown_names(serializer)
        written_ones = [
            link for link in links if is_written(resource, Selection(None, frozenset({link})))
        ]
        half = frozenset(names[::2])
        wanted = [Selection(half, half.intersection(written_ones)),
                  Selection(None, frozenset(written_ones))]  # fmt: skip
        return [one for one in wanted if is_written(resource, one)]


def compare(name: str, actor: Actor, selection: Selection = WHOLE) -> int:
    """Hold a list, and each of its rows alone, against the serializers; say how many there were."""
    resource, of = RESOURCES[name], f"{name} {selection}"
    with acting_as(actor):
        hidden = resource.model.masked_in_lists()
        rows = resource.rows(hidden, selection).defer(*hidden)
        rows = rows.order_by(f"-{resource.moment}", "pk")
        listed = [shown(resource, row, "list", selection) for row in rows]
        page = Wanted(resource, actor, size=200, selection=selection)
        assert [loaded(text) for text in read(page)] == listed, of
        for row in resource.rows(selection=selection):
            (text,) = read(Wanted(resource, actor, key=row.pk, selection=selection))
            assert loaded(text) == shown(resource, row, "retrieve", selection), of
    return len(listed)


def shown(resource: Any, row: Any, action: str, selection: Selection) -> Any:
    is_list = action == "list"
    chosen = (is_list and resource.list_serializer_class) or resource.serializer_class
    context = {"view": SimpleNamespace(action=action), "request": REQUEST}
    made = selection.applied(chosen(row, context=context), resource.moment, "version")
    return orjson.loads(orjson.dumps(made.data, default=str))


def loaded(text: str) -> Any:
    return orjson.loads(settled(text, REQUEST))


def test_one_statement_serves_all_readers_of_a_kind(stage):
    with acting_as(System("tests")):
        Grant.objects.all().delete()
    actor = Actor.of(stage.user)
    resource = WRITTEN["places"]
    written._shared.cache_clear()
    for _ in range(3):
        with acting_as(actor):
            read(Wanted(resource, actor, size=50))
    assert written._shared.cache_info().misses == 1


@pytest.mark.parametrize("given", [{"kind": "district"}, {"q": "Sudzha"}, {"is_empty": None}])
def test_filters_keep_what_they_keep_elsewhere(given, stage):
    actor = Actor.of(stage.user)
    with acting_as(actor):
        resource = WRITTEN["places"]
        known = {name: value for name, value in given.items()
                 if name in resource.filterset_class.base_filters}  # fmt: skip
        asked = resource.filterset_class.asked(resource.model, known)
        kept = resource.filterset_class.kept(resource.model.objects.all(), asked)
        found = read(Wanted(resource, actor, tuple(asked.items()), size=200))
    assert {orjson.loads(text)["id"] for text in found} == {str(row.pk) for row in kept}
