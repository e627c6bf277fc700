"""Files that are written line by line: CSV, HXL and JSON lines."""

import csv
import io
from typing import IO, Any

import orjson

from cases.exchange.hxl import tagged
from cases.exchange.tables import Column, Made, Table
from cases.rules.cells import harmless


def write_csv(table: Table, made: Made, to: IO[bytes]) -> None:
    """Write a row of names, then the rows; at the end the mark, if the file has one."""
    _write(table.columns, [], table, made, to)


def write_hxl(table: Table, made: Made, to: IO[bytes]) -> None:
    """Write the same with the hashtags right under the names, as HXL 1.1 wants them."""
    columns = tagged(table.name, table.columns)
    _write([one.column for one in columns], [[one.tag for one in columns]], table, made, to)


def write_jsonl(table: Table, made: Made, to: IO[bytes]) -> None:
    """Write each row as the list shows it. The mark is an object of its own, at the end."""
    for row in made.counted(table):
        to.write(orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE))
    if made.mark:
        to.write(orjson.dumps({"mark": made.mark}, option=orjson.OPT_APPEND_NEWLINE))


def _write(
    columns: "list[Column] | tuple[Column, ...]",
    tags: list[list[str]],
    table: Table,
    made: Made,
    to: IO[bytes],
) -> None:
    text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=True)
    writer: Any = csv.writer(text)
    writer.writerows([harmless(name), harmless(value)] for name, value in table.head)
    writer.writerow([column.name for column in columns])
    writer.writerows(tags)
    for row in made.counted(table):
        writer.writerow([column.cell(row) for column in columns])
    if made.mark:
        writer.writerow([made.mark])
    text.detach()
