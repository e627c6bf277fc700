"""The example client does what its text says, over a line that breaks."""

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler
from knox.models import AuthToken

from cases.access.gate import System, acting_as
from cases.actions import individuals
from cases.models import AuditEntry, Individual, ReportedCount, Statement
from cases.vocabulary.organisations import Role
from tests.factories import PopulationFactory

# Each request is answered as by a server: its connection may close after it.
pytestmark = pytest.mark.django_db(transaction=True)
FILE = Path("docs/examples/partner.py")
CASES = [
    {"reference": "P-1", "name": "Олена Коваленко", "language": "uk-Cyrl"},
    {"reference": "P-2", "name": "Анна Петрова", "language": "ru-Cyrl"},
    {"reference": "P-3", "name": "x" * 500, "language": "en-Latn"},
]
FIGURE = {
    "report": {"code": "P-R1", "title": "Twenty wait", "published_edtf": "2026-05-02",
               "published_basis": "stated"},
    "statement": {"code": "p-r1-twenty", "attribution": "unattributed", "summary": "Twenty."},
    "population": "held",
    "count": {"measure": "stock", "stated_text": "20", "stated_value": 20, "qualifier": "exact",
              "unit": "person", "as_of_edtf": "2026-05-01"},
}  # fmt: skip


@pytest.fixture
def client(monkeypatch):
    described = importlib.util.spec_from_file_location("partner", FILE)
    assert described
    assert described.loader
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    monkeypatch.setattr(module.time, "sleep", lambda _seconds: None)
    return module


class BadLine(httpx.BaseTransport):
    """Loses requests on their way, and answers on theirs; each a few times at most."""

    def __init__(self, chance: random.Random, losses: int) -> None:
        self.inner = httpx.WSGITransport(app=WSGIHandler())
        self.chance, self.losses = chance, losses

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fate = self.chance.choice(["arrives", "request lost", "answer lost"])
        if fate != "arrives" and self.losses:
            self.losses -= 1
            if fate == "answer lost":
                self.inner.handle_request(request)
            raise httpx.ConnectError(fate)
        return self.inner.handle_request(request)


@pytest.fixture
def tracker(client, api_of, settings):
    settings.ALLOWED_HOSTS = ["tracker.test"]
    user = api_of(Role.PARTNER).user
    with acting_as(System("tests")):
        token = AuthToken.objects.create(user)[1]

    def made(seed: int = 0, losses: int = 6) -> Any:
        line = BadLine(random.Random(seed), losses)  # noqa: S311 - what a line loses
        return client.Tracker("http://tracker.test", token, transport=line)

    return made


@pytest.mark.parametrize("seed", range(5))
def test_cases_arrive_once_however_often_they_are_pushed(seed, client, tracker, tmp_path, capsys):
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")

    client.push(tracker(seed), file)
    first = capsys.readouterr().out.splitlines()
    client.push(tracker(seed + 100), file)
    again = capsys.readouterr().out.splitlines()

    assert Individual.objects.count() == 2
    assert [line.split()[:2] for line in first] == [line.split()[:2] for line in again]
    assert first[2].startswith("P-3: refused. 400")


def test_a_figure_comes_with_its_source(client, tracker, tmp_path, capsys):
    PopulationFactory(code="held")
    file = tmp_path / "figure.json"
    file.write_text(json.dumps(FIGURE), encoding="utf-8")
    for seed in (1, 2):
        client.figure(tracker(seed), file)

    count = ReportedCount.objects.get()
    assert (count.stated_value, count.statement) == (20, Statement.objects.get())
    assert [c.report.code for c in count.statement.citations.all()] == ["P-R1"]
    assert "20 of held, said in P-R1" in capsys.readouterr().out


def test_a_mirror_is_brought_up_to_date(client, tracker, tmp_path, capsys):
    cases, mirror = tmp_path / "cases.jsonl", tmp_path / "mirror.json"
    cases.write_text("\n".join(map(json.dumps, CASES[:2])), encoding="utf-8")
    client.push(tracker(), cases)
    client.pull(tracker(), mirror)
    held = json.loads(mirror.read_text())["rows"]
    person = Individual.objects.order_by("case_number")[0]

    assert held[f"individuals/{person.pk}/"]["version"] == person.version
    assert sum(row.startswith("individuals/") for row in held) == 2

    with acting_as(System("tests")) as system:
        individuals.amend(person, by=system, version=person.version, priority="urgent")
    client.pull(tracker(7), mirror)

    row = json.loads(mirror.read_text())["rows"][f"individuals/{person.pk}/"]
    assert row["priority"] == "urgent"
    assert AuditEntry.objects.filter(act="recorded").exists()
    assert "changes" in capsys.readouterr().out


def test_what_is_wrong_is_said_in_the_trackers_words(client, api_of, settings):
    settings.ALLOWED_HOSTS = ["tracker.test"]
    line = httpx.WSGITransport(app=WSGIHandler())
    stranger = client.Tracker("http://tracker.test", "rct_nobody", transport=line)

    with pytest.raises(client.Refused, match="401 The token is unknown"):
        stranger.get("places/")
