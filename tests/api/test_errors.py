"""Every refusal as a problem; faults of ours stay faults."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory
from rest_framework import exceptions as drf
from rest_framework.request import Request

from cases.actions.recording import Conflict
from cases.api import base
from cases.api.errors import problem_response
from cases.models import Place
from tests.api.collections import address
from tests.api.test_collections import assert_problem


def answer(fault, **headers):
    return problem_response(fault, {"request": Request(RequestFactory().get("/", headers=headers))})


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (ValidationError("No."), 400, "invalid"),
        (PermissionDenied("You may not."), 403, "permission-denied"),
        (Place.DoesNotExist(), 404, "not-found"),
        (Conflict(Place(), 1), 409, "stale"),
        (IntegrityError(), 409, "clash"),
        (OperationalError("database is locked"), 503, "busy"),
        (drf.Throttled(wait=3), 429, "throttled"),
        (drf.NotAcceptable(), 406, "not-acceptable"),
    ],
)
def test_refusals_have_a_status_and_a_type(fault, status, code):
    response = answer(fault)

    assert response.status_code == response.data["status"] == status
    assert response.data["type"].endswith(f":{code}")
    assert response.data["detail"]


def test_waiting_is_told_in_seconds():
    assert answer(drf.Throttled(wait=3))["Retry-After"] == "3"
    assert answer(OperationalError())["Retry-After"] == "2"


def test_conflict_under_a_condition_is_a_failed_one():
    assert answer(Conflict(Place(), 1), **{"If-Match": '"1"'}).status_code == 412


def test_faults_of_ours_are_left_to_django():
    assert answer(RuntimeError()) is None


def test_several_faults_are_listed_by_their_path():
    response = answer(
        drf.ValidationError({"a": ["x"], "b": [{}, {"c": ["y"]}], "non_field_errors": ["z"]})
    )

    assert [fault["field"] for fault in response.data["errors"]] == ["a", "b.1.c", ""]
    assert response.data["detail"] == "3 faults; see errors."


def test_id_of_an_unseen_row_is_not_repeated():
    params = {"model": "individual", "pk": "secret", "field": "id", "value": "secret"}
    fault = ValidationError("%(model)s with %(field)s %(value)s does not exist.", params=params)

    assert "secret" not in str(answer(ValidationError({"individual": fault})).data)


def test_busy_database_is_tried_three_times(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.setattr(base, "connection", type("Free", (), {"in_atomic_block": False}))
    tries = []

    def once():
        tries.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        base.repeated(once)
    assert len(tries) == 3


@pytest.mark.django_db
def test_no_second_try_inside_another_transaction():
    tries = []

    def once():
        tries.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        base.repeated(once)
    assert len(tries) == 1


@pytest.mark.django_db
def test_what_cannot_be_rendered_is_not_written(organisation, api_of, monkeypatch):
    client = api_of()
    monkeypatch.setattr(
        "rest_framework.renderers.JSONRenderer.render",
        lambda *_args, **_kwargs: 1 / 0,
    )

    with pytest.raises(ZeroDivisionError):
        client.post(address("places"), {"name": "Nowhere", "kind": "oblast"})

    assert not Place.objects.exists()


@pytest.mark.django_db
def test_row_of_another_keeper_names_no_row(organisation, other_organisation, api_of):
    place = Place.objects.create(organisation=organisation, name="Kursk", kind="oblast")

    response = api_of(organisation=other_organisation).patch(
        address("places", place.pk), {"name": "x"}, headers={"If-Match": '"1"'}
    )

    assert "kept by another organisation" in assert_problem(response, 403)["detail"]
