"""The limits that operators read are those that hold."""

import re
from pathlib import Path

from django.conf import settings

from cases.api import pagination, parsers
from cases.exchange import package_search
from cases.rules import attachments, documents, pictures, texts
from tests.architecture.test_versions import FLOORS
from tracker import limits, startup

DOC = (Path(settings.BASE_DIR) / "docs/operators/hardening.md").read_text("utf-8")
LIMITS = {
    "a request, form and file together": settings.LARGEST_REQUEST,
    "a table, at the two addresses that take one": settings.LARGEST_IMPORT,
    "a table in a workbook, unpacked": package_search.MOST_UNPACKED,
    "a JSON body or a form without a file": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    "JSON: nesting": parsers.DEEPEST,
    "JSON: digits of a number": parsers.LONGEST_NUMBER,
    "fields of a form": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    "files of a form": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    "parameters of an address": limits.MOST_PARAMETERS,
    "a query string": limits.LONGEST_QUERY,
    "a value in it": limits.LONGEST_VALUE,
    "rows of a page": pagination.LARGEST_SIZE,
    "accents on one letter": texts.MOST_MARKS,
    "a file": attachments.LARGEST,
    "a picture": pictures.MOST_PIXELS,
    "a picture as it is kept": pictures.LONGEST_SIDE,
    "a plain text": documents.LONGEST_TEXT,
    "files of a person": settings.ATTACHMENTS_PER_PERSON["files"],
    "megabytes of a person": settings.ATTACHMENTS_PER_PERSON["bytes"] // 1_000_000,
    "files of an organisation": settings.ATTACHMENTS_PER_ORGANISATION["files"],
    "megabytes of an organisation": settings.ATTACHMENTS_PER_ORGANISATION["bytes"] // 1_000_000,
}


def test_the_table_of_limits_is_true_and_whole():
    table = DOC.split("## Limits")[1].split("\n\n")[1]
    written = dict(re.findall(r"^\| ([^|]+) \| ([\d,]+)", table, re.MULTILINE))

    assert written == {name: f"{value:,}" for name, value in LIMITS.items()}


def test_the_start_up_gate_is_described():
    assert f"fewer than {startup.SHORTEST_KEY} characters" in DOC
    assert f"fewer than {startup.FEWEST_SIGNS} different ones" in DOC


def test_the_floors_are_described():
    for floor in FLOORS.values():
        assert f"≥ {floor}" in DOC
