"""Files that are awkward are read right or refused; those that mean harm are refused, and soon."""

import io
import resource
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError

from cases.exchange import incoming, package_search
from cases.exchange.import_columns import guessed
from cases.exchange.typed import text_of
from cases.models import Individual
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory
from tests.imports.files import SHEET, TYPES, edited, lying, part_of, with_part, workbook
from tests.imports.running import imported, told

pytestmark = pytest.mark.django_db
PLAIN = workbook([["name", "sex"], ["Анна", "f"]])
RUSSIAN = "Имя;Пол;Обстоятельства\nАнна Петрова;ж;Видели в Сумах, просила передать привет\n"


def read(content):
    table = incoming.opened(content)
    head = incoming.head_of(table)
    return head, [tuple(map(text_of, line.cells)) for line in incoming.rows_of(table, head)]


def sentence_of(content):
    with pytest.raises(ValidationError) as refusal:
        incoming.look(content)
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("between", [";", ",", "\t", "|"])
def test_letters_and_cells_are_read_right(encoding, between):
    text = "Имя;Пол;Обстоятельства\nАнна Петрова;ж;Видели в Сумах\n".replace(";", between)

    head, rows = read(text.encode(encoding))

    assert head.columns == ("Имя", "Пол", "Обстоятельства")
    assert rows == [("Анна Петрова", "ж", "Видели в Сумах")]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
def test_other_cyrillic_encodings_are_refused_never_guessed(encoding):
    assert "in which encoding" in sentence_of(RUSSIAN.encode(encoding))


@pytest.mark.parametrize(
    "content",
    [
        "name;sex\nGül Şahin;f\nİpek Öztürk;f\n".encode("cp1254"),
        "name;sex\nMüller;f\n".encode("cp1252"),
        "name;sex\nAnna;f\n".encode("utf-16-le"),
        "Имя;Пол\nАнна;ж\n".encode()[:-3] + b"\xff\n",
    ],
)
def test_what_cannot_be_told_is_refused(content):
    assert "in which encoding" in sentence_of(content)


def test_a_workbook_says_the_same_as_a_text():
    _head, rows = read(workbook([["name", "birth"], ["Анна", (32874,)], ["Ольга", 1990]]))

    assert rows == [("Анна", "1990-01-01"), ("Ольга", "1990")]


@pytest.mark.parametrize("serial", [1, 59, 60, 0, 0.5])
def test_days_that_excel_counts_wrongly_are_refused_by_row(serial, actor_of):
    content = workbook([["name", "birth"], ["Анна", (serial,)], ["Ольга", (32874,)]])

    rows = told(imported(actor_of(Role.CASEWORKER), content))

    assert [rows[n][0] for n in sorted(rows)] == ["refused", "added"]
    assert "Excel" in rows[2][1]


def test_the_first_day_that_excel_counts_right_and_the_system_of_1904():
    assert read(workbook([["name", "birth"], ["A", (61,)]]))[1] == [("A", "1900-03-01")]
    mac = workbook([["name", "birth"], ["A", (60,)], ["B", (45000,)]], is_1904=True)
    assert read(mac)[1] == [("A", "1904-03-01"), ("B", "2027-03-16")]


def test_a_number_is_no_date_and_decimal_commas_are_decimals(actor_of):
    by = actor_of(Role.CASEWORKER)
    rows = told(imported(by, b"name;birth\nAnna;45000\nOlga;01.02.1990\nEva;08/06/2024\n"))
    assert [rows[n][0] for n in sorted(rows)] == ["refused", "added", "refused"]

    places = "name;kind;lat;lon\nСуми;settlement;50,9077;34,7981\nX;settlement;1.000,5;3\n".encode()
    rows = told(imported(by, places, kind="places"))
    assert [rows[n][0] for n in sorted(rows)] == ["added", "refused"]


def test_missing_and_doubled_headers_are_not_guessed():
    assert guessed("individuals", ["name", "", "Name", "пол"], []) == ["name", "", "", "sex"]


def test_what_looks_like_a_formula_is_kept_as_text(actor_of):
    signs = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "＝1"]

    imported(
        actor_of(Role.CASEWORKER), workbook([["name", "circumstances"], *[["A", s] for s in signs]])
    )

    assert sorted(Individual.objects.values_list("circumstances", flat=True)) == sorted(signs)


OUTER = b'<!DOCTYPE x SYSTEM "http://example.org/">'
INNER = b'<!DOCTYPE l [<!ENTITY a "aa">]><sst/>'
WIDE = '<?xml version="1.0"?><!DOCTYPE l><sst/>'.encode("utf-16")
DEEP = edited(PLAIN, SHEET, b'<row r="2"', b'<row r="1048576"')
BAD = [
    ("empty", b"  \n ", "is empty"),
    ("pdf", b"%PDF-1.4\n", "no table"),
    ("png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "no table"),
    ("old", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old form"),
    ("no rows", b"name,sex\n\n", ""),
    ("open quote", b'name,sex\n"Anna,f\n', "quotation mark"),
    ("one huge cell", b"name,sex\n" + b"A" * 10_000_000 + b",f\n", "quotation mark"),
    ("many columns", b",".join([b"c"] * 300) + b"\n1\n", "columns"),
    ("cut off", PLAIN[:-200], "damaged"),
    ("no workbook", with_part(PLAIN, "mimetype", b"x")[:4] + b"junk" * 90, "damaged"),
    ("macros", with_part(PLAIN, "xl/vbaProject.bin", b"x"), "programs"),
    ("links out", with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<x/>"), "links"),
    ("document type", edited(PLAIN, SHEET, b"<worksheet", OUTER + b"<worksheet"), "document type"),
    ("entities", with_part(PLAIN, "xl/sharedStrings.xml", INNER), "document type"),
    ("in utf-16", with_part(PLAIN, "xl/sharedStrings.xml", WIDE), "damaged"),
    ("far cell", edited(PLAIN, SHEET, b'<c r="A2"', b'<c r="XFD2"'), "columns"),
    ("deep cell", edited(DEEP, SHEET, b'<c r="B2"', b'<c r="GR1048576"'), "cells"),
    ("many parts", None, "damaged"),
    ("bomb", with_part(PLAIN, "xl/worksheets/sheet2.xml", b" " * 210_000_000), "unpacks"),
    ("lying bomb", lying(PLAIN, "xl/theme/theme1.xml", 1000), ""),
    ("no types", with_part(b"PK\x05\x06" + b"\0" * 18, "xl/workbook.xml", b"<x/>"), "no XLSX"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), [pytest.param(*c[1:], id=c[0]) for c in BAD])
def test_hostile_files_are_refused_soon_and_in_little_memory(content, sentence):
    if content is None:
        content = PLAIN
        content = many_parts()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    if sentence == "":
        look = incoming.look(content) if content.startswith(b"name") else None
        if look is not None:
            assert look.rows == 0
            return
    assert sentence in sentence_of(content)
    assert time.monotonic() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        for number in range(1_100):
            package.writestr(f"xl/worksheets/sheet{number}.xml", "<x/>")
    return out.getvalue()


def test_one_long_text_in_very_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(package_search, "MOST_TEXT", 20_000)
    rows = [["name"], *[["Я" * 2_000]] * 50]

    assert "unpacks to more" in sentence_of(workbook(rows))


def test_an_enormous_declared_dimension_costs_nothing():
    content = edited(PLAIN, SHEET, b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')

    assert read(content)[1] == [("Анна", "f")]


def test_more_lines_than_are_taken_are_refused(monkeypatch):
    monkeypatch.setattr(incoming, "MOST_LINES", 100)

    assert "more than 100 lines" in sentence_of(b"name,sex\n" + b"A,f\n" * 101)


def test_a_file_that_is_too_large_is_refused_at_once():
    assert "50 MB" in sentence_of(b"a" * (incoming.LARGEST + 1))


def test_a_foreign_case_is_not_found_like_a_random_one(actor_of, other_organisation):
    foreign = IndividualFactory(organisation=other_organisation)
    by = actor_of(Role.CASEWORKER, is_movement_cell=True)
    imported(by, b"code,title,kind\nB-1,One,corridor\n", kind="batches")
    cases = [
        str(foreign.pk),
        foreign.case_number,
        "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        "C-999999-00",
    ]
    content = "batch,number,case\n" + "".join(f"B-1,{n},{c}\n" for n, c in enumerate(cases, 1))

    rows = told(imported(by, content.encode(), kind="slots"))

    assert set(rows.values()) == {
        ("refused", "individual: There is no such row, or none that you may see.")
    }
    assert part_of(PLAIN, SHEET)
