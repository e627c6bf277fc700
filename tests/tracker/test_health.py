"""The two questions of a supervisor."""

import pytest
from django.db import OperationalError, connection


def test_live_answers_without_the_database(client):
    answer = client.get("/health/live/")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_answers_when_the_database_does(client):
    assert client.get("/health/ready/").status_code == 200


@pytest.mark.django_db
def test_ready_sends_traffic_elsewhere_when_the_database_is_silent(client, monkeypatch):
    def silent():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", silent)

    answer = client.get("/health/ready/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"


def test_health_cannot_be_written(client):
    assert client.post("/health/live/").status_code == 405
