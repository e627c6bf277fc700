"""What every collection promises, one test for all of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.api.urls import RESOURCES
from cases.models import AuditEntry
from cases.vocabulary.organisations import Role
from tests.api import collections
from tests.api.collections import ADDED, CHANGES, KEPT, address, body, make, reader, scoped, writer
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
ALL = sorted(RESOURCES)
WRONG: list[Any] = [{"a": {"b": []}}, [[1]], 10**17, -1, "x" * 5000]
ROOMY = {"report-texts": {"text"}}
"""Texts for which 5,000 letters are not too many."""


def assert_problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem.keys() == {"type", "title", "status", "detail", "errors"}
    assert problem["status"] == status
    return problem


def test_nobody_signed_in_is_told_how(db):
    for name in ALL:
        for path in (address(name), address(name, uuid4())):
            response = APIClient().get(path)

            assert_problem(response, 401)
            assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("name", ALL)
def test_list_and_detail_are_read(name, organisation, api_of):
    row, client = make(name, organisation), api_of(reader(name), is_movement_cell=True)

    listed = client.get(address(name), {"include": "count"}).json()
    detail = client.get(address(name, row.pk))

    assert str(row.pk) in {one["id"] for one in listed["results"]}
    assert listed["count"] >= 1
    assert not listed["count_is_lower_bound"]
    assert detail.status_code == 200
    assert detail.json()["masked"] == [] or reader(name) is Role.AUDITOR
    if name not in collections.WITHOUT_VERSION:
        assert detail["ETag"].startswith('"1-')


def headers_of(answer):
    """Give the headers but the one that each request has of its own."""
    return {name: value for name, value in answer.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("name", ALL)
def test_unseen_row_is_as_a_random_one(name, organisation, other_organisation, api_of):
    row, client = (
        make(name, other_organisation),
        api_of(reader(name), is_movement_cell=True, organisation=organisation),
    )

    known, random = client.get(address(name, row.pk)), client.get(address(name, uuid4()))
    garbled = client.get(address(name, "no-id"))

    assert_problem(random, 404)
    assert garbled.content == random.content
    if scoped(RESOURCES[name]):
        assert known.content == random.content
        assert headers_of(known) == headers_of(random)
        listed = client.get(address(name)).json()["results"]
        assert str(row.pk) not in {one["id"] for one in listed}
    else:
        assert known.status_code == 200


@pytest.mark.parametrize("name", sorted({*ALL} - {"organisations"}))
def test_number_of_queries_is_the_same_for_more_rows(name, organisation, api_of):
    client = api_of(reader(name), is_movement_cell=True)
    make(name, organisation)
    with CaptureQueriesContext(connection) as few:
        client.get(address(name))
    for _ in range(4):
        make(name, organisation)

    with CaptureQueriesContext(connection) as many:
        listed = client.get(address(name)).json()["results"]

    assert len(listed) >= 5
    assert len(many) == len(few), [query["sql"] for query in many]


@pytest.mark.parametrize("name", ADDED)
def test_row_is_added(name, organisation, api_of):
    client, sent = api_of(writer(name), is_movement_cell=True), body(name, organisation)

    response = client.post(address(name), sent)

    assert response.status_code == 201, response.content
    assert response["ETag"] == '"1"'
    read = client.get(address(name, response.json()["id"]))
    once = dict.fromkeys(filter(None, [collections.SHOWN_ONCE.get(name)]))
    assert read.json() == response.json() | once
    given = {key: value for key, value in sent.items() if not isinstance(value, list)}
    given.pop("slots", None)
    shown = {key: read.json()[key] for key in given}
    assert shown == {key: _as_read(shown[key], value) for key, value in given.items()}


def _as_read(read, sent):
    """A link is an id when written; some are shown as the row itself."""
    return read if isinstance(read, dict) and read.get("id") == sent else sent


def test_readers_add_nothing(organisation, api_of):
    clients = [api_of(Role.MANAGER), api_of(Role.AUDITOR)]
    for name in ADDED:
        sent = body(name, organisation)
        before = RESOURCES[name].model.objects.count()
        for client in clients:
            assert_problem(client.post(address(name), sent), 403)
        assert RESOURCES[name].model.objects.count() == before


@pytest.mark.parametrize("name", ADDED)
def test_what_is_not_written_is_refused_by_name(name, organisation, api_of):
    wrong = {"nonsense": 1, "id": str(uuid4()), "version": 7, "masked": []}
    sent = {**body(name, organisation), **wrong}
    before = RESOURCES[name].model.objects.count(), AuditEntry.objects.count()

    problem = assert_problem(
        api_of(writer(name), is_movement_cell=True).post(address(name), sent), 400
    )

    assert [fault["field"] for fault in problem["errors"]] == list(wrong)
    assert (RESOURCES[name].model.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize("name", ADDED)
def test_wrong_types_are_refused_field_by_field(name, organisation, api_of):
    client, sent = api_of(writer(name), is_movement_cell=True), body(name, organisation)
    model = RESOURCES[name].model
    before = model.objects.count()

    for wrong in WRONG:
        problem = assert_problem(client.post(address(name), dict.fromkeys(sent, wrong)), 400)
        fit = ROOMY.get(name, set()) if isinstance(wrong, str) else set()
        assert {fault["field"].split(".")[0] for fault in problem["errors"]} == set(sent) - fit

    assert model.objects.count() == before


@pytest.mark.parametrize("name", ADDED)
def test_links_to_unseen_rows_are_as_random_ones(name, organisation, other_organisation, api_of):
    sent, client = body(name, organisation), api_of(writer(name), is_movement_cell=True)
    model = RESOURCES[name].model
    for key in sent:
        links: list[Any] = [f for f in model._meta.fields if f.name == key and f.many_to_one]
        if not links or links[0].related_model.SCOPE.kind.value == "shared":
            continue
        collection = next(n for n, r in RESOURCES.items() if r.model is links[0].related_model)
        unseen = make(collection, other_organisation)

        known = client.post(address(name), {**sent, key: str(unseen.pk)})
        random = client.post(address(name), {**sent, key: str(uuid4())})

        assert_problem(random, 400)
        assert known.content == random.content


@pytest.mark.parametrize("name", KEPT)
def test_change_needs_the_version_it_was_read_at(name, organisation, api_of):
    client = api_of(writer(name), is_movement_cell=True, organisation=organisation)
    row = _own(name, organisation)
    path, change = address(name, row.pk), change_of(name)

    assert_problem(client.patch(path, change), 428)
    for garbled in ('W/"1"', "*", '"1", "2"', "1", '"one"', '"' + "9" * 30 + '"', '""'):
        assert_problem(client.patch(path, change, headers={"If-Match": garbled}), 400)
    assert_problem(client.patch(path, change, headers={"If-Match": '"9"'}), 412)
    done = client.patch(path, change, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.content
    assert done["ETag"] == '"2"'
    assert_problem(client.patch(path, change, headers={"If-Match": '"1"'}), 412)
    assert client.get(path)["ETag"].startswith('"2-')


def _own(name, organisation):
    return organisation if name == "organisations" else make(name, organisation)


def change_of(name):
    if name == "speakers":
        return {"body": str(make("bodies", OrganisationFactory()).pk)}
    return CHANGES[name]


@pytest.mark.parametrize("name", KEPT)
def test_what_was_read_can_be_put_back(name, organisation, api_of):
    client = api_of(writer(name), is_movement_cell=True, organisation=organisation)
    path = address(name, _own(name, organisation).pk)
    read = client.get(path)

    response = client.put(path, read.json(), headers={"If-Match": read["ETag"]})

    assert response.status_code == 200, response.content
    assert response.json() == read.json()
    assert response["ETag"].strip('"') == read["ETag"].strip('"').partition("-")[0]


@pytest.mark.parametrize("name", KEPT)
def test_another_organisation_changes_nothing(name, organisation, other_organisation, api_of):
    if name == "organisations":
        row, client = organisation, api_of(Role.ADMINISTRATOR, organisation=other_organisation)
    else:
        role = writer(name)
        row, client = make(name, organisation), api_of(role, organisation=other_organisation)

    response = client.patch(address(name, row.pk), change_of(name), headers={"If-Match": '"1"'})

    assert_problem(response, 404 if scoped(RESOURCES[name]) else 403)
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_deleted_and_no_other_method_is_there(name, organisation, api_of):
    client, row = api_of(reader(name), is_movement_cell=True), make(name, organisation)

    for path in (address(name), address(name, row.pk)):
        for method in ("delete", "trace"):
            assert_problem(getattr(client, method)(path), 405)
    if name not in {*ADDED, *collections.BY_FORM}:
        assert_problem(client.post(address(name), {}), 405)
    if name not in KEPT:
        assert_problem(client.patch(address(name, row.pk), {}), 405)
    assert type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ALL)
def test_administrators_see_no_cases(name, organisation, api_of):
    row = make(name, organisation)

    listed = api_of(Role.ADMINISTRATOR).get(address(name))

    if name in collections.NOT_FOR_ADMINISTRATORS or name == "audit-entries":
        assert_problem(listed, 403)
    elif scoped(RESOURCES[name]) and name != "users":
        assert str(row.pk) not in {one["id"] for one in listed.json()["results"]}
