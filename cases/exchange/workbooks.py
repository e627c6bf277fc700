"""Workbooks: the rows, what each column means, and who took them, on a sheet each."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter

from cases.exchange.tables import Column, Made, Row, Table
from cases.rules.cells import fit_for_xml

ROWS_A_SHEET = 1_000_000
"""A sheet holds a few more; the rest goes on the next one."""
LONGEST_CELL = 32_767
CUT = "… [cut]"
# A text that begins with a sign stays a text; an address that somebody typed is no link.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(table: Table, made: Made, to: IO[bytes]) -> None:
    """Write a workbook, holding one row at a time."""
    with xlsxwriter.Workbook(to, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        about = book.add_worksheet("About") if table.head else None
        rows = made.counted(table)
        for number, portion in enumerate(_portions(rows), 1):
            sheet = book.add_worksheet("Rows" if number == 1 else f"Rows {number}")
            _fill(sheet, table.columns, portion, bold)
        _define(book.add_worksheet("Columns"), table, bold)
        _tell(about or book.add_worksheet("About"), table, made, bold)


def _portions(rows: Iterator[Row]) -> Iterator[Iterable[Row]]:
    """Give the rows by the sheet; there is one, be it empty."""
    yield islice(rows, ROWS_A_SHEET)
    while (first := next(rows, None)) is not None:
        yield (row for part in ([first], islice(rows, ROWS_A_SHEET - 1)) for row in part)


def _fill(sheet: Any, columns: tuple[Column, ...], rows: Iterable[Row], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    _line(sheet, 0, [column.name for column in columns], bold)
    for number, row in enumerate(rows, 1):
        _line(sheet, number, [column.value(row) for column in columns])


def _define(sheet: Any, table: Table, bold: Any) -> None:
    _line(sheet, 0, ["column", "holds", "meaning", "terms"], bold)
    for number, column in enumerate(table.columns, 1):
        terms = column.terms or ()
        listed = "\n".join(f"{term.value}: {term.english}" for term in terms)
        _line(sheet, number, [column.name, column.kind.value, column.meaning, listed])


def _tell(sheet: Any, table: Table, made: Made, bold: Any) -> None:
    told = [
        ("what", table.title),
        ("taken by", made.by),
        ("at", made.at.isoformat()),
        ("filters", "; ".join(f"{name}={value}" for name, value in made.filters.items()) or "none"),
        *table.head,
        ("rows", made.rows),
        ("left out", ", ".join(table.left_out) or "nothing"),
    ]
    if table.left_out:
        told.append(("to have these", HOW_TO_ASK))
    if made.mark:
        told.append(("mark", made.mark))
    for number, (name, value) in enumerate(told):
        _line(sheet, number, [name, value], bold if not number else None)


HOW_TO_ASK = (
    "They tell who somebody is. Ask for a file that holds them with POST /api/v1/exports/, with a "
    "reason; somebody else of your organisation approves it."
)


def _line(sheet: Any, number: int, values: list[Any], style: Any = None) -> None:
    for place, value in enumerate(values):
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            sheet.write_number(number, place, value, style)
        elif value not in {None, ""}:
            sheet.write_string(number, place, _short(fit_for_xml(str(value))), style)


def _short(text: str) -> str:
    """Cut what a cell cannot hold, and say so: the library would leave the cell empty."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL // 2] + CUT
