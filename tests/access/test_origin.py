"""Every request and run has an id, in its answer, in its log lines and in the trail."""

import logging
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from cases.access import origin
from cases.access.gate import System
from cases.actions import audit
from cases.models import AuditEntry
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory


def test_each_answer_has_an_id_of_its_own(db):
    ids = {Client().get(address).headers["X-Request-Id"] for address in ("/health/live/", "/nix/")}

    assert len({UUID(text) for text in ids}) == 2


def test_an_id_that_the_client_chose_is_not_taken(db):
    chosen = str(uuid4())

    assert Client().get("/health/live/", headers={"X-Request-Id": chosen})["X-Request-Id"] != chosen


@pytest.mark.parametrize(
    ("door", "address"),
    [
        ("api", "/api/v1/individuals/{}/"),
        ("admin", "/admin/cases/individual/{}/"),
        ("dashboard", "/dashboard/figures/{}/"),
    ],
)
def test_the_trail_knows_the_door_and_the_answers_id(door, address, client_of):
    answer = client_of(Role.CASEWORKER).get(address.format(uuid4()))

    entry = AuditEntry.objects.get()
    assert answer.status_code == 404
    assert (entry.door, str(entry.request_id)) == (door, answer["X-Request-Id"])


def test_one_run_of_a_command_is_one_id(db):
    with audit.system("the outer") as by, audit.system("the inner"):
        audit.note(by=by, act="looked round", model="system")

    told = set(AuditEntry.objects.values_list("door", "request_id"))
    assert len(told) == 1
    assert told.pop()[0] == "command"
    assert origin.current() == origin.NOWHERE


@pytest.mark.django_db
def test_what_nobody_asked_for_has_no_door():
    assert audit.note(by=System("tests"), act="looked round", model="system").door == ""


def test_log_lines_bear_the_id(rf):
    line: Any = logging.LogRecord("cases", logging.INFO, __file__, 1, "said", None, None)
    given = origin.OriginFilter()

    assert given.filter(line)
    assert line.request_id == "-"
    with origin.running() as run:
        given.filter(line)
        assert line.request_id == run.request_id
    line.request = rf.get("/")
    line.request.origin = origin.Origin(UUID(int=7))
    given.filter(line)
    assert line.request_id == UUID(int=7)


def test_nobodys_refusal_is_in_the_log_and_not_in_the_trail(db, caplog):
    person = IndividualFactory()

    with caplog.at_level(logging.WARNING):
        answer = Client().get(f"/api/v1/individuals/{person.pk}/")

    assert answer.status_code == 401
    assert any("Unauthorized" in line.getMessage() for line in caplog.records)
    assert not AuditEntry.objects.exists()
