"""Tasks over the API: put off with a reason; why a rule set one is read and not written."""

from datetime import timedelta

import pytest

from cases import clock
from cases.models import Task
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory, TaskFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(api_of):
    return api_of(Role.CASEWORKER)


@pytest.fixture
def task(client):
    person = IndividualFactory(organisation=client.user.organisation)
    return TaskFactory(individual=person, due_on=clock.today())


def test_a_task_is_put_off_with_a_reason(client, task):
    later = (clock.today() + timedelta(days=3)).isoformat()

    answer = client.post(
        f"/api/v1/tasks/{task.pk}/postpone/", {"due_on": later, "reason": "Waiting for a form."}
    )

    assert answer.status_code == 200
    assert answer.json()["due_on"] == later
    assert answer.json()["postponed_because"] == "Waiting for a form."


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_on": "2020-01-01", "reason": "x"}, "due_on"),
        ({"due_on": "2999-01-01", "reason": ""}, "reason"),
        ({"due_on": "2999-01-01"}, "reason"),
        ({"reason": "x"}, "due_on"),
    ],
)
def test_a_refusal_names_its_field_and_writes_nothing(client, task, given, field):
    answer = client.post(f"/api/v1/tasks/{task.pk}/postpone/", given)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert Task.objects.get().version == 1


def test_a_rule_is_no_field_to_write(client, task):
    answer = client.post(
        "/api/v1/tasks/",
        {"individual": str(task.individual_id), "title": "Call", "rule": "no_contact"},
    )

    assert answer.status_code == 400
    assert Task.objects.count() == 1
