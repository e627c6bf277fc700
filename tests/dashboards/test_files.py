"""What a page shows, as a file: the same figures, with what was asked and whose word it is."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from cases.models import AuditEntry
from cases.vocabulary.organisations import Role
from tests.dashboards.taking import content_of
from tests.factories import PopulationFactory
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db
FILES = "/dashboard/files/"
TABLES = ["overview", "returns", "outstanding", "bridge", "discrepancies", "changes"]


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content_of(response).decode())))


def rows(response) -> list[dict[str, str]]:
    """The rows under the head, by the names of the columns."""
    read = lines(response)
    start = next(n for n, line in enumerate(read) if len(line) > 2)
    return [dict(zip(read[start], line, strict=True)) for line in read[start + 1 :]]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "hxl"])
def test_each_table_is_there_in_each_format(manager, scene, table, kind):
    response = manager.get(f"{FILES}{table}/", {"format": kind})
    content = content_of(response)
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    if kind == "xlsx":
        assert CalamineWorkbook.from_object(io.BytesIO(content)).sheet_names[0] == "About"
    if kind == "hxl":
        tags = next(
            line for line in csv.reader(io.StringIO(content.decode())) if line[0][:1] == "#"
        )
        assert len(tags) > 8
    entry = AuditEntry.objects.get(act="exported")
    assert f"rows as {kind}" in entry.reason


def test_the_head_says_what_was_asked_and_whose_word_it_is(manager, scene):
    asked = {"population": "held", "valid_at": "2025-08-31", "known_at": "2199-12-31"}
    read = lines(manager.get(f"{FILES}outstanding/", {"format": "csv", **asked}))
    head = {line[0]: line[1] for line in read if len(line) == 2}
    assert head["As of"] == "2025-08-31"
    assert head["As known on"].startswith("2199-12-31T23:59")
    assert "never averaged or added" in head["Method"]
    assert "/dashboard/methodology/" in head["Method"]
    assert [line[1][:6] for line in read if line[0] == "Source"] == ["SR-000", "SR-002", "SR-004"]


def test_the_rows_are_the_claims_of_the_page(manager, scene):
    found = rows(manager.get(f"{FILES}outstanding/", {"format": "csv", "population": "held"}))
    assert {row["id"] for row in found} == {str(scene["thirty"].pk), str(scene["twenty"].pk)}
    twenty = next(row for row in found if row["stated_text"] == "more than 20")
    assert (twenty["low"], twenty["high"], twenty["is_latest"]) == ("21", "", "true")
    assert twenty["claimant.label"] == "Vladimir Medinsky"


def test_filters_hold_for_the_file(manager, scene):
    asked = {"format": "csv", "population": "held", "valid_at": "2025-07-31"}
    assert len(rows(manager.get(f"{FILES}outstanding/", asked))) == 1


def test_the_bridge_has_its_verdict(manager, scene):
    (row,) = rows(manager.get(f"{FILES}bridge/", {"format": "csv", "population": "held"}))
    assert (row["start"], row["used"], row["expected.low"], row["verdict"]) == (
        "30",
        "8",
        "22",
        "consistent",
    )


def test_what_changed_and_each_side_of_a_contradiction(manager, scene):
    changes = rows(manager.get(f"{FILES}changes/", {"format": "csv"}))
    assert [row["change"] for row in changes].count("new") == 3
    sides = rows(manager.get(f"{FILES}discrepancies/", {"format": "csv"}))
    assert {row["discrepancy"] for row in sides} == {"Thirty or more than twenty"}


def test_no_cell_runs(manager):
    population = PopulationFactory(code="held", title="=1+1")
    stock(population, 30, says("@SUM(A1)"), stated_text="=HYPERLINK()")
    for table in ("overview", "outstanding"):
        for line in lines(manager.get(f"{FILES}{table}/", {"format": "csv"})):
            assert not any(cell.startswith(("=", "@", "+", "-", "\t")) for cell in line)


@pytest.mark.parametrize(
    ("table", "query", "status", "sentence"),
    [
        ("overview", {}, 400, "format is one of csv, xlsx, hxl"),
        ("overview", {"format": "pdf"}, 400, "format is one of"),
        ("overview", {"format": "jsonl"}, 400, "format is one of"),
        ("overview", {"format": ["csv", "hxl"]}, 400, "format is one of"),
        ("overview", {"format": "csv", "x": "1"}, 400, "This page knows none"),
        ("outstanding", {"format": "csv", "valid_at": "2025-02-30"}, 400, "valid_at can be"),
        ("outstanding", {"format": "csv", "population": "nobody"}, 404, "no such population"),
        ("bridge", {"format": "csv"}, 404, "no such population"),
        ("nothing", {"format": "csv"}, 404, "No page has such a table"),
        ("9" * 300, {"format": "csv"}, 404, "No page has such a table"),
    ],
)
def test_what_is_no_file_gets_a_sentence(manager, table, query, status, sentence):
    response = manager.get(f"{FILES}{table}/", query)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert not AuditEntry.objects.filter(act="exported").exists()


def test_partner_systems_have_the_api(client_of):
    response = client_of(Role.PARTNER).get(f"{FILES}overview/", {"format": "csv"})
    assert response.status_code == 403


def test_the_file_equals_the_api(manager, api_of, scene):
    ours = rows(manager.get(f"{FILES}outstanding/", {"format": "csv", "population": "held"}))
    api = api_of(Role.MANAGER).get("/api/v1/outstanding/", {"population": "held"}).json()
    told = {
        claim["id"]: (claim["low"], claim["high"], claim["stated_text"])
        for series in api["series"]
        for claim in series["claims"]
    }
    assert {
        row["id"]: (_number(row["low"]), _number(row["high"]), row["stated_text"]) for row in ours
    } == told


def _number(text: str) -> int | None:
    return int(text) if text else None
