"""A workbook opens in LibreOffice with the cells that the CSV has; what is text stays text."""

import csv
import io
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest

from cases.exchange.files import write
from cases.exchange.tables import Column, Kind, Made, Table
from cases.vocabulary.exports import FileFormat
from cases.vocabulary.organisations import Role
from tests.factories import IndividualFactory, PlaceFactory, ReportedCountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
PATIENCE = 180
MISSING = "LibreOffice is missing: apt-get install --no-install-recommends libreoffice-calc"
AWKWARD = (
    "Анна Проба", "=1+1", "+380", "-5", "@x", "007", "1e5", "2024-08-06", "TRUE", "a,b;c",
    'a "quoted" word', "two\nlines", "https://example.org/", "ﬀ 𝒳 日本", " blanks ", "x" * 3000,
)  # fmt: skip


def opened(content: bytes, folder: Any) -> list[list[str]]:
    """Have LibreOffice open a workbook and save its first sheet as CSV."""
    office = shutil.which("soffice")
    assert office, MISSING
    (folder / "file.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    done = subprocess.run(  # noqa: S603
        [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder),
         str(folder / "file.xlsx")],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (folder / "file.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_awkward_texts_open_as_they_are(tmp_path):
    columns = (Column("text", ("text",), Kind.TEXT), Column("number", ("number",), Kind.NUMBER))
    rows = [{"text": text, "number": place} for place, text in enumerate(AWKWARD)]
    out = io.BytesIO()
    made = Made("somebody", datetime(2024, 8, 6, tzinfo=UTC))
    write(Table("awkward", "Awkward", columns, iter(rows)), FileFormat.XLSX, made, out)

    head, *found = opened(out.getvalue(), tmp_path)

    assert head == ["text", "number"]
    expected = [[columns[0].value(row), str(row["number"])] for row in rows]
    assert found == expected


@pytest.mark.parametrize("name", ["individuals", "places", "reported-counts"])
def test_lists_open_with_the_cells_of_the_csv(name, api_of, tmp_path):
    IndividualFactory.create_batch(3, circumstances="=cmd|' /C calc'!A0")
    PlaceFactory(latitude="51.73", longitude="36.19")
    ReportedCountFactory(stated_text="more than 1,000")
    client = api_of(Role.SUPERVISOR)
    answers = {kind: client.get(f"/api/v1/{name}/", {"format": kind}) for kind in ("csv", "xlsx")}
    contents = {kind: b"".join(answer.streaming_content) for kind, answer in answers.items()}
    plain = list(csv.reader(io.StringIO(contents["csv"].decode())))

    found = opened(contents["xlsx"], tmp_path)

    assert found[0] == plain[0]
    assert len(found) == len(plain) > 1
    assert "?format=" not in contents["csv"].decode()
    for one, other in zip(found[1:], plain[1:], strict=True):
        assert [unescaped(cell) for cell in one] == [unescaped(cell) for cell in other]


def unescaped(cell: str) -> str:
    """Take away the sign that keeps a CSV from being run, and the zeros that a number lacks."""
    text = cell.removeprefix("'")
    try:
        return str(float(text))
    except ValueError:
        return text
