"""Lists as files: the rows and fields of the list, up to what tells who somebody is."""

import csv
import io
import json
import re

import hxl
import pytest
from python_calamine import CalamineWorkbook

from cases.access.sensitivity import OPERATIONAL
from cases.api import files
from cases.api.formats import XlsxRenderer
from cases.api.urls import RESOURCES
from cases.exchange.files import sent
from cases.models import AuditEntry
from cases.queries import portions
from cases.vocabulary.organisations import Role
from tests.api.collections import NOT_FOR_ADMINISTRATORS, address, make
from tests.api.test_collections import assert_problem
from tests.factories import (
    IndividualFactory,
    IndividualNameFactory,
    PlaceFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
)
from tests.matrices import by_turns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _closed(monkeypatch):
    """Close the files of answers whose bytes a test does not ask for, as a server does."""
    handed = []

    def keep(file, *args):
        handed.append(file)
        return sent(file, *args)

    monkeypatch.setattr("cases.api.files.sent", keep)
    yield
    for file in handed:
        file.close()


FORMATS = ("csv", "xlsx", "hxl", "jsonl")
ROLES = (Role.CASEWORKER, Role.MANAGER, Role.AUDITOR, Role.PARTNER)
TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def content(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def csv_of(client, name, **query):
    found = content(client.get(address(name), {"format": "csv", **query}))
    return list(csv.DictReader(io.StringIO(found.decode())))


def lines_of(client, name, **query):
    found = content(client.get(address(name), {"format": "jsonl", **query}))
    return [json.loads(line) for line in found.splitlines()]


def sheets_of(client, name, **query):
    found = content(client.get(address(name), {"format": "xlsx", **query}))
    book = CalamineWorkbook.from_filelike(io.BytesIO(found))
    return {title: book.get_sheet_by_name(title).to_python() for title in book.sheet_names}


def hxl_of(client, name, **query):
    found = content(client.get(address(name), {"format": "hxl", **query}))
    return list(csv.reader(io.StringIO(found.decode())))


KEEPERS = {Role.SUPERVISOR, Role.PARTNER}
READ_BY = {"users": {Role.AUDITOR}, "audit-entries": {Role.AUDITOR},
           "webhooks": KEEPERS, "webhook-deliveries": KEEPERS}  # fmt: skip


def may_read(name, role):
    if name in READ_BY:
        return role in READ_BY[name]
    return role is not Role.ADMINISTRATOR or name not in NOT_FOR_ADMINISTRATORS


def readers(roles):
    """Give which collections which of the roles read; the trail's own rows change with reading."""
    listed = [name for name in RESOURCES if name != "audit-entries"]
    return [(name, role) for name in listed for role in roles if may_read(name, role)]


@pytest.mark.parametrize(("name", "role"), by_turns(readers(ROLES)))
def test_every_list_holds_its_rows_in_every_format(name, role, organisation, api_of):
    client = api_of(role)
    recorder = {"recorded_by": client.user} if is_recorded(RESOURCES[name]) else {}
    make(name, organisation, **recorder)
    listed = client.get(address(name), {"page_size": 200}).json()["results"]
    expected = [row["id"] for row in listed]
    assert expected or role is Role.PARTNER

    assert [row["id"] for row in lines_of(client, name)] == expected
    assert [row["id"] for row in csv_of(client, name)] == expected
    head, *rows = sheets_of(client, name)["Rows"]
    assert [row[head.index("id")] for row in rows] == expected
    names, _tags, *rows = hxl_of(client, name)
    assert [row[names.index("id")] for row in rows] == expected


def is_recorded(resource):
    return any(field.name == "recorded_by" for field in resource.model._meta.fields)


@pytest.mark.parametrize(("name", "role"), by_turns(readers([Role.CASEWORKER, Role.AUDITOR])))
def test_no_file_of_a_list_tells_who_somebody_is(name, role, organisation, api_of):
    client = api_of(role, is_movement_cell=True, is_cleared_for_restricted=True)
    make(name, organisation)
    most = OPERATIONAL if role is Role.CASEWORKER else 1
    secret = {field for field, harm in RESOURCES[name].model.SENSITIVITY.items() if harm > most}

    head = [*csv_of(client, name)[0]]
    row = lines_of(client, name)[0]

    assert not {column.split(".")[0] for column in head} & secret
    assert {row.get(field) for field in secret} <= {None}


@pytest.mark.slow
def test_every_list_is_good_hxl(organisation, api_of):
    client = api_of(Role.CASEWORKER)
    for name in RESOURCES:
        if not may_read(name, Role.CASEWORKER):
            continue
        make(name, organisation)
        _names, tags, *rows = hxl_of(client, name)
        assert all(TAG.fullmatch(tag) for tag in tags), (name, tags)
        assert len(set(tags)) == len(tags), (name, sorted(t for t in tags if tags.count(t) > 1))
        table = hxl.data([tags, *rows])
        assert len(table.columns) == len(tags), name
        for row in table:
            for column, value in zip(row.columns, row.values, strict=True):
                if value and column.tag in {"#affected", "#value"}:
                    assert hxl.datatypes.is_number(value), (name, column, value)
                if value and column.tag == "#date":
                    assert hxl.datatypes.is_date(value), (name, column, value)


def test_a_file_says_what_it_leaves_out_and_how_to_ask(organisation, api_of):
    IndividualNameFactory(individual=IndividualFactory(sex="female"))
    client = api_of()

    response = client.get(address("individuals"), {"format": "csv"})
    about = dict(row[:2] for row in sheets_of(client, "individuals")["About"])

    left_out = response.headers["X-Fields-Left-Out"].split(", ")
    assert {"sex", "age_as_stated", "names.text"} <= {*left_out}
    assert "birth_edtf" not in left_out  # no list has it
    assert about["left out"].split(", ") == left_out
    assert "/api/v1/exports/" in about["to have these"]
    assert "X-Fields-Left-Out" not in client.get(address("places"), {"format": "csv"}).headers


def test_names_are_neither_in_the_file_nor_asked_of(organisation, api_of):
    IndividualNameFactory(text="Анна")
    client = api_of()

    assert "names.text" not in csv_of(client, "individuals")[0]
    assert "Анна" not in json.dumps(lines_of(client, "individuals"), ensure_ascii=False)
    problem = assert_problem(
        client.get(address("individuals"), {"format": "csv", "q": "anna"}), 400
    )
    assert problem["errors"][0]["field"] == "q"
    assert "exports/" in problem["detail"]


def test_all_rows_are_in_it_whatever_the_page(organisation, api_of, monkeypatch):
    monkeypatch.setattr(portions.portions, "__defaults__", (3,))
    same = PlaceFactory().updated_at
    PlaceFactory.create_batch(7, updated_at=same)
    client = api_of()
    listed = client.get(address("places"), {"page_size": 200}).json()["results"]

    assert [row["id"] for row in csv_of(client, "places")] == [row["id"] for row in listed]


def test_filters_hold_for_files_too(organisation, api_of):
    PlaceFactory(kind="settlement", name="Sudzha")
    PlaceFactory(kind="oblast")

    rows = csv_of(api_of(), "places", kind="settlement")

    assert [row["name"] for row in rows] == ["Sudzha"]


@pytest.mark.parametrize("name", ["page_size", "cursor", "include"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_has_no_pages(name, file_format, organisation, api_of):
    query = {"format": file_format, name: "2"}

    problem = assert_problem(api_of().get(address("places"), query), 400)

    assert problem["errors"][0] == {
        "field": name,
        "code": "paged",
        "message": f"A file holds the whole list. Leave “{name}” out, or ask for JSON.",
    }


def test_a_list_too_long_is_refused(organisation, api_of, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    PlaceFactory.create_batch(2)

    problem = assert_problem(api_of().get(address("places"), {"format": "csv"}), 400)

    assert "exports/" in problem["detail"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/jsonl", "application/jsonl"),
        (XlsxRenderer.media_type, XlsxRenderer.media_type),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json", "application/json"),
    ],
)
def test_accept_is_honoured(accept, kind, organisation, api_of):
    response = api_of().get(address("places"), headers={"Accept": accept})

    assert response.headers["Content-Type"] == kind


def test_a_named_format_goes_before_accept(organisation, api_of):
    headers = {"Accept": "application/json"}

    response = api_of().get(address("places"), {"format": "csv"}, headers=headers)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert api_of().get(address("places"), {"format": "json"}).json()["results"] is not None


def test_unknown_formats_are_refused(organisation, api_of):
    client, place = api_of(), PlaceFactory()

    assert_problem(client.get(address("places"), {"format": "pdf"}), 404)
    assert_problem(client.get(address("places"), headers={"Accept": "image/png"}), 406)
    assert_problem(client.get(address("places", place.pk), {"format": "csv"}), 404)


def test_a_file_has_a_name_and_is_kept_by_nobody(organisation, api_of, now):
    client = api_of()
    with now(2026, 11, 25):
        response = client.get(address("repatriation-batches"), {"format": "hxl"})

    wanted = 'attachment; filename="repatriation-batches-2026-11-25.hxl.csv"'
    assert response.headers["Content-Disposition"] == wanted
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Rows"] == "0"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(begins, organisation, api_of):
    typed = f"{begins}cmd|' /C calc'!A0"
    PlaceFactory()
    type(PlaceFactory())._base_manager.update(name=typed)
    client = api_of()

    assert {row["name"] for row in csv_of(client, "places")} == {f"'{typed}"}
    names, _tags, *rows = hxl_of(client, "places")
    assert {row[names.index("name")] for row in rows} == {f"'{typed}"}
    head, *rows = sheets_of(client, "places")["Rows"]
    assert {row[head.index("name")] for row in rows} == {typed}
    assert lines_of(client, "places")[0]["name"] == typed


def test_numbers_below_zero_stay_numbers(organisation, api_of):
    PlaceFactory(latitude="-12.50000", longitude="36.10000")
    client = api_of()

    assert csv_of(client, "places")[0]["latitude"] == "-12.50000"
    head, row = sheets_of(client, "places")["Rows"]
    assert row[head.index("latitude")] == -12.5


def test_a_workbook_defines_its_columns(organisation, api_of):
    ReportedCountFactory()
    client = api_of()
    book = sheets_of(client, "reported-counts")

    head, *defined = book["Columns"]
    assert head == ["column", "holds", "meaning", "terms"]
    assert [row[0] for row in defined] == book["Rows"][0]
    said = {row[0]: row for row in defined}
    assert said["qualifier"][3].startswith("exact: The number itself")
    assert all(row[2] for row in defined)
    about = dict(row[:2] for row in book["About"])
    assert client.user.email in about["taken by"]
    assert about["rows"] == 1


def test_filters_are_said_in_the_workbook(organisation, api_of):
    about = dict(row[:2] for row in sheets_of(api_of(), "places", kind="oblast")["About"])

    assert about["filters"] == "kind=oblast"


def test_numbers_that_count_no_people_stand_beside(organisation, api_of):
    ReportedCountFactory(unit="household", stated_value=7)
    names, tags, row = hxl_of(api_of(), "reported-counts")

    assert row[tags.index("#affected+ind+stated")] == ""
    assert row[tags.index("#indicator+num+stated_value")] == "7"
    assert names[tags.index("#indicator+num+stated_value")] == "stated_value (not people)"
    assert "#group+name+claimant" in tags


def test_lines_are_the_rows_of_the_list(organisation, api_of):
    RepatriationBatchFactory(arrived=True)
    ReportedCountFactory()
    client = api_of(Role.MANAGER)
    for name in ("repatriation-batches", "reported-counts", "places", "individuals"):
        listed = client.get(address(name), {"page_size": 200}).json()["results"]
        assert lines_of(client, name) == listed


def test_a_file_is_one_entry_of_the_trail(organisation, api_of):
    PlaceFactory.create_batch(2, kind="oblast")
    client = api_of()
    before = AuditEntry.objects.count()

    csv_of(client, "places", kind="oblast")

    entry = AuditEntry.objects.order_by("-number")[0]
    assert AuditEntry.objects.count() == before + 1
    assert (entry.act, entry.model, entry.actor_id) == ("exported", "place", client.user.pk)
    assert entry.reason == "2 rows as csv, narrowed by kind"


def test_a_live_movement_is_in_no_file_of_a_list(organisation, api_of):
    RepatriationBatchFactory(status="departed", title="Convoy")
    client = api_of(is_movement_cell=True)

    row = lines_of(client, "repatriation-batches")[0]

    assert row["route"] is None
    assert "route" in row["masked"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_is_read_in_one_snapshot_and_noted_after(file_format, organisation, api_of):
    PlaceFactory()
    client = api_of()
    before = AuditEntry.objects.count()

    assert content(client.get(address("places"), {"format": file_format}))
    assert AuditEntry.objects.count() == before + 1
