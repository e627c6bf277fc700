"""Figures as files: a row for each claim, its numbers in columns that hold numbers only."""

import csv
import io

import hxl
import pytest

from cases.models import AuditEntry
from cases.vocabulary.organisations import Role
from tests.api.test_collections import assert_problem
from tests.api.test_files import content
from tests.factories import (
    BatchSlotFactory,
    CitationFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db
OUTSTANDING, RECONCILIATION = "/api/v1/outstanding/", "/api/v1/reconciliation/"


@pytest.fixture
def held(organisation):
    held = PopulationFactory(code="kursk-held")
    named = SpeakerFactory().statement
    CitationFactory(statement=named)
    for value, day in ((30, "2024-11-22"), (22, "2025-01-08~")):
        ReportedCountFactory(
            population=held, statement=named, stated_value=value, as_of_edtf=day, more_than=True
        )
    return held


def rows_of(response):
    return list(csv.DictReader(io.StringIO(content(response).decode())))


def test_outstanding_has_a_row_for_each_claim(held, api_of):
    client = api_of(Role.MANAGER)
    answer = client.get(OUTSTANDING, {"population": held.code}).json()

    rows = rows_of(client.get(OUTSTANDING, {"population": held.code, "format": "csv"}))

    claims = [claim for series in answer["series"] for claim in series["claims"]]
    assert [row["id"] for row in rows] == [claim["id"] for claim in claims]
    assert [row["value"] for row in rows] == ["30", "22"]
    assert [row["is_latest"] for row in rows] == ["false", "true"]
    assert {row["qualifier"] for row in rows} == {"more_than"}
    assert {row["high"] for row in rows} == {""}
    assert {row["population"] for row in rows} == {"kursk-held"}
    assert [row["as_of"] for row in rows] == ["2024-11-22", "2025-01-08~"]


def test_outstanding_is_good_hxl(held, api_of):
    query = {"population": held.code, "format": "hxl"}
    found = content(api_of().get(OUTSTANDING, query)).decode()
    _names, tags, *rows = csv.reader(io.StringIO(found))

    table = list(hxl.data([tags, *rows]))

    assert len(set(tags)) == len(tags)
    assert [row.get("#affected+stated") for row in table] == ["30", "22"]
    assert [row.get("#affected+min") for row in table] == ["31", "23"]
    assert all(hxl.datatypes.is_date(row.get("#date+start")) for row in table)
    assert [row.get("#meta+edtf") for row in table] == ["2024-11-22", "2025-01-08~"]
    assert all(row.get("#group+claimant") for row in table)
    assert not any(tag.startswith("#org") for tag in tags)


def test_reconciliation_has_the_slots_beside_each_claim(organisation, api_of):
    batch = RepatriationBatchFactory(arrived=True)
    BatchSlotFactory.create_batch(2, batch=batch)
    whole = ReportedCountFactory(flow=True, batch=batch, stated_value=3)
    ReportedCountFactory(
        flow=True, batch=batch, stated_value=1, part_of=whole, population=whole.population,
        statement=whole.statement, dimension="age", label="children",
    )  # fmt: skip
    client = api_of()

    rows = rows_of(client.get(RECONCILIATION, {"batch": batch.pk, "format": "csv"}))

    found = {(row["group"], row["slots"], row["value"]) for row in rows}
    assert found == {("", "2", "3"), ("children", "", "1")}
    assert {row["batch"] for row in rows} == {str(batch.pk)}
    assert rows[0]["compared"] == "short"


def test_bridge_is_a_table_too(held, api_of):
    query = {"population": held.code, "from": "2024-12-01", "to": "2025-02-01"}

    rows = rows_of(api_of().get(f"{OUTSTANDING}bridge/", {**query, "format": "csv"}))

    assert [(row["start.value"], row["end.value"]) for row in rows] == [("30", "22")]
    assert rows[0]["verdict"]


def test_every_format_of_a_figure(held, api_of):
    for name in ("csv", "xlsx", "hxl", "jsonl"):
        query = {"population": held.code, "format": name}
        response = api_of().get(OUTSTANDING, query)
        assert content(response)
        assert response.headers["X-Rows"] == "2"
        assert "outstanding-20" in response.headers["Content-Disposition"]


def test_a_figure_as_file_is_in_the_trail(held, api_of):
    client = api_of()
    content(client.get(OUTSTANDING, {"population": held.code, "format": "csv"}))

    entry = AuditEntry.objects.order_by("-number")[0]

    assert (entry.act, entry.model, entry.actor_id) == ("exported", "outstanding", client.user.pk)
    assert entry.reason == "2 rows as csv, narrowed by population"


def test_what_is_no_table_has_no_files(held, api_of):
    query = {"count": held.counts.all()[0].pk, "format": "csv"}

    assert_problem(api_of().get(f"{OUTSTANDING}sum/", query), 404)
    assert_problem(api_of().get(OUTSTANDING, {"population": held.code, "format": "pdf"}), 404)
    assert_problem(api_of().get(OUTSTANDING, {"format": "csv"}), 400)
