"""Tables as bytes: what each format does with what people type."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from cases.exchange import workbooks
from cases.exchange.files import written
from cases.exchange.tables import Column, Kind, Made, Table
from cases.vocabulary.exports import FileFormat

COLUMNS = (
    Column("name", ("name",), Kind.TEXT, "What it is called."),
    Column("number", ("number",), Kind.NUMBER, "How many."),
    Column("is_open", ("is_open",), Kind.TRUTH, "Whether it is open."),
    Column("parts.code", ("parts", "code"), Kind.TEXT, "Its parts.", is_joined=True),
)


def table(*rows):
    return Table("things", "Things", COLUMNS, rows)


def row(name="A thing", number=1, **fields):
    return {"name": name, "number": number, "is_open": True, "parts": [], **fields}


def made(mark=""):
    return Made("anna@example.org", datetime(2026, 11, 25, tzinfo=UTC), {"kind": "all"}, mark)


def bytes_of(rows, file_format, told=None):
    with written(table(*rows), file_format, told or made()) as file:
        return file.read()


def lines(rows, file_format=FileFormat.CSV, told=None):
    return list(csv.reader(io.StringIO(bytes_of(rows, file_format, told).decode())))


def sheets(rows, told=None):
    found = bytes_of(rows, FileFormat.XLSX, told)
    book = CalamineWorkbook.from_filelike(io.BytesIO(found))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_several_rows_share_a_cell():
    parts = [{"code": "a"}, {"code": None}, {"code": "b; c"}]

    assert lines([row(parts=parts)])[1] == ["A thing", "1", "true", "a; ; b; c"]


@pytest.mark.parametrize("number", [-5, 0, "-5.50", 1.5, None])
def test_numbers_are_numbers(number):
    cell = lines([row(number=number)])[1][1]

    assert cell == ("" if number is None else str(number))
    value = sheets([row(number=number)])["Rows"][1][1]
    assert value == ("" if number is None else float(number))


def test_an_empty_table_has_its_head():
    assert lines([]) == [["name", "number", "is_open", "parts.code"]]
    assert sheets([])["Rows"] == [["name", "number", "is_open", "parts.code"]]
    assert bytes_of([], FileFormat.JSONL) == b""
    assert [one[0][0] for one in lines([], FileFormat.HXL)[1:]] == ["#"]


def test_the_mark_is_the_last_line():
    told = made("Made for anna@example.org")

    assert lines([row()], told=told)[-1] == ["Made for anna@example.org"]
    assert json.loads(bytes_of([], FileFormat.JSONL, told))["mark"] == told.mark
    assert sheets([row()], told)["About"][-1][:2] == ["mark", told.mark]


def test_a_long_table_goes_on_on_the_next_sheet(monkeypatch):
    monkeypatch.setattr(workbooks, "ROWS_A_SHEET", 2)
    told = made()

    book = sheets([row(number=number) for number in range(5)], told)

    assert list(book) == ["Rows", "Rows 2", "Rows 3", "Columns", "About"]
    found = [line[1] for name in ("Rows", "Rows 2", "Rows 3") for line in book[name][1:]]
    assert found == [0, 1, 2, 3, 4]
    assert told.rows == 5


def test_what_a_cell_cannot_hold_is_cut_and_says_so():
    cell = sheets([row(name="я" * 40_000)])["Rows"][1][0]

    assert cell.endswith("… [cut]")
    assert len(cell) > 16_000


def test_characters_that_xml_forbids_are_in_no_workbook():
    assert sheets([row(name="a\x0bb\ufffe")])["Rows"][1][0] == "ab"


def test_a_broken_table_leaves_no_file_open():
    def rows():
        yield row()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        written(Table("things", "Things", COLUMNS, rows()), FileFormat.CSV, made())
