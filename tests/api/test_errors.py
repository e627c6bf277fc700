"""Every refusal as a problem; faults of ours stay faults."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory
from rest_framework import exceptions as drf
from rest_framework.request import Request

from cases.actions.idempotency import InProgress, KeyReused
from cases.actions.recording import Conflict
from cases.api.errors import problem_response
from cases.models import Place
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import IndividualFactory


def answer(fault, **headers):
    return problem_response(fault, {"request": Request(RequestFactory().get("/", headers=headers))})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (ValidationError("No."), 400, "invalid"),
        (PermissionDenied("You may not."), 403, "permission-denied"),
        (Place.DoesNotExist(), 404, "not-found"),
        (Conflict(Place(), 1), 409, "stale"),
        (KeyReused(), 422, "key-reused"),
        (InProgress(), 409, "in-progress"),
        (IntegrityError(), 409, "clash"),
        (InterfaceError("the connection is closed"), 503, "busy"),
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
    assert answer(InProgress())["Retry-After"] == "2"


@pytest.mark.django_db
def test_conflict_under_a_condition_is_a_failed_one():
    assert answer(Conflict(Place(), 1), **{"If-Match": '"1"'}).status_code == 412


@pytest.mark.django_db
def test_what_is_taken_is_a_conflict_whatever_the_condition():
    taken = answer(Conflict(Place(), None, "It is taken."), **{"If-Match": '"1"'})

    assert (taken.status_code, taken.data["detail"]) == (409, "It is taken.")


def test_a_stale_writer_learns_the_version_of_no_row_they_may_not_see(
    organisation, other_organisation, as_actor
):
    seen, unseen = (IndividualFactory(organisation=o) for o in (organisation, other_organisation))

    with as_actor(organisation=organisation):
        assert answer(Conflict(seen, 1))["ETag"] == '"1"'
        assert "ETag" not in answer(Conflict(unseen, 1))


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
