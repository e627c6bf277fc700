"""The demonstration: loaded whole, into an empty database, where it is wanted."""

import json
import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from knox.auth import TokenAuthentication

from cases.exchange import invented, invented_batches
from cases.management.commands import demo
from cases.models import Individual, Organisation, Population, ReportedCount, TracingRequest, User
from cases.vocabulary.status import ReturnStatus, WorkStatus
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
KEYS = ["a-caseworker", "a-supervisor", "a-manager", "a-partner", "a-auditor", "a-administrator"]


@pytest.fixture
def small(monkeypatch, settings, tmp_path):
    """A demonstration of fewer people, kept in a folder of its own."""
    fewer = {target: (min(people, 3), path) for target, (people, path) in invented.PATHS.items()}
    monkeypatch.setattr(invented, "PATHS", fewer)
    monkeypatch.setattr(invented_batches, "PLANS", invented_batches.PLANS[:2])
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    return tmp_path / "credentials.json"


def test_some_300_people_of_each_status_are_planned():
    assert set(invented.PATHS) == set(ReturnStatus.values)
    assert sum(people for people, _ in invented.PATHS.values()) == 300


@pytest.mark.slow
def test_the_demonstration(small, rf):
    call_command("demo")

    told = json.loads(small.read_text("utf-8"))
    assert small.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"http://[^/]+", told["base_url"])
    assert [organisation["key"] for organisation in told["organisations"]] == ["a", "b"]
    assert {actor["key"] for actor in told["actors"]} == {*KEYS, "b-caseworker", "b-partner"}
    for actor in told["actors"]:
        user = authenticate(username=actor["email"], password=actor["password"])
        assert isinstance(user, User)
        assert (user.role, user.organisation.key) == (actor["role"], actor["organisation"])
        request = rf.get("/", HTTP_AUTHORIZATION=f"Bearer {actor['token']}")
        assert TokenAuthentication().authenticate(request)[0] == user
    check_caseload()
    with pytest.raises(CommandError, match="empty database only"):
        call_command("demo")


def check_caseload():
    for organisation in Organisation.objects.all():
        people = Individual.objects.filter(organisation=organisation)
        invented_ones = people.filter(circumstances__startswith="Invented")
        assert set(invented_ones.values_list("return_status", flat=True)) == set(ReturnStatus)
        assert set(invented_ones.values_list("work_status", flat=True)) == set(WorkStatus)
        assert invented_ones.filter(recorded_by__role="partner").exists()
        requests = TracingRequest.objects.filter(organisation=organisation)
        assert requests.count() == 5
        assert requests.filter(state="closed").exists()
        claims = ReportedCount.objects.filter(statement__code=f"invented-{organisation.key}")
        assert claims
        assert not claims.filter(population__in_scope=True).exists()
    assert not Population.objects.filter(code__startswith="invented", in_scope=True).exists()
    cleared = User.objects.filter(is_cleared_for_restricted=True)
    assert {user.email.split("@")[0] for user in cleared} == {"a-caseworker", "a-supervisor"}


def test_it_is_loaded_into_an_empty_database_only(small, capsys):
    OrganisationFactory()

    call_command("demo", "--if-empty")

    assert "was not loaded" in capsys.readouterr().out
    assert not small.exists()


def test_it_is_not_loaded_on_a_real_server(settings, tmp_path):
    settings.DEMO, settings.DEBUG, settings.DATA_DIR = False, False, tmp_path

    with pytest.raises(CommandError, match="not for demonstrations"):
        call_command("demo", "--if-empty")
    assert not Organisation.objects.exists()


def test_all_or_nothing(small, monkeypatch):
    monkeypatch.setattr(demo, "keep", lambda *_args: 1 / 0)
    monkeypatch.setattr(demo, "record_people", lambda *_args: [])
    monkeypatch.setattr(demo, "record_batches", lambda *_args: None)

    with pytest.raises(ZeroDivisionError):
        call_command("demo")
    assert not Organisation.objects.exists()
