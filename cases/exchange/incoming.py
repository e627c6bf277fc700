"""Tables that come in as files: their lines, their headers, their hashtags; told, not trusted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.exchange import separated, sheets
from cases.exchange.shapes import LONGEST_CELL, MOST_COLUMNS, Line, refusal
from cases.rules.numbers import grouped

LARGEST = 50_000_000
MOST_LINES = 2_000_000
TAGS_WITHIN = 25
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+[a-z][a-z0-9_]*)*", re.ASCII | re.IGNORECASE)


class Table(Protocol):
    """A file whose lines can be gone through, from the beginning each time."""

    def lines(self) -> Iterator[Line]:
        """Give the lines, empty ones too."""


@dataclass(frozen=True)
class Head:
    """What stands above the rows of a table: the headers, and the hashtags below them if any."""

    columns: tuple[str, ...]
    tags: tuple[str, ...]
    line: int
    """The last line of the head: rows begin below it."""


@dataclass(frozen=True)
class Look:
    """What was seen of a table when it came in."""

    head: Head
    rows: int


def opened(content: bytes) -> Table:
    """Open a file as a table.

    :raises ValidationError: for anything but CSV and XLSX that can be read safely.
    """
    if len(content) > LARGEST:
        message = _("The file is too large. It may have %(megabytes)s MB at most.") % {
            "megabytes": LARGEST // 1_000_000
        }
        raise ValidationError(message, code="too_large")
    if not content.strip():
        raise refusal(_("The file is empty. Choose another one."))
    return sheets.opened(content) if sheets.is_package(content) else separated.opened(content)


def look(content: bytes) -> Look:
    """Go through a whole file once: what cannot be read is refused before it is kept.

    :raises ValidationError: naming the line.
    """
    table = opened(content)
    head = head_of(table)
    return Look(head, sum(1 for _row in rows_of(table, head)))


def rows_of(table: Table, head: Head) -> Iterator[Line]:
    """Give the lines below the head that are not empty.

    :raises ValidationError: for what no table of ours has, naming the line.
    """
    for line in table.lines():
        if line.number > MOST_LINES:
            message = _("The file has more than %(most)s lines.") % {"most": grouped(MOST_LINES)}
            raise refusal(message)
        _check(line)
        if line.number > head.line and not is_empty(line):
            yield line


def head_of(table: Table) -> Head:
    """Find the headers, and the row of hashtags where one stands within the first lines.

    :raises ValidationError: where there are no headers.
    """
    first: list[Line] = []
    for line in table.lines():
        if line.number > TAGS_WITHIN:
            break
        _check(line)
        first.append(line)
    for place, line in enumerate(first):
        if _is_tagged(line):
            above = next((one for one in reversed(first[:place]) if not is_empty(one)), line)
            width = max(len(above.cells), len(line.cells))
            return Head(_texts(above, width), _texts(line, width), line.number)
    header = next((line for line in first if not is_empty(line)), None)
    if header is None:
        raise refusal(_("The file has no headers in its first %(n)s lines.") % {"n": TAGS_WITHIN})
    return Head(_texts(header, _width(header)), (), header.number)


def is_empty(line: Line) -> bool:
    """Say whether a line has nothing in it."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in line.cells)


def _width(line: Line) -> int:
    filled = [place for place, cell in enumerate(line.cells) if str(cell or "").strip()]
    return max(filled) + 1


def _texts(line: Line, width: int) -> tuple[str, ...]:
    cells = [" ".join(str(cell or "").split()) for cell in line.cells]
    return (*cells, *[""] * (width - len(cells)))[:width]


def _is_tagged(line: Line) -> bool:
    cells = [str(cell).strip() for cell in line.cells if str(cell or "").strip()]
    return bool(cells) and all(_TAG.fullmatch(cell) for cell in cells)


def _check(line: Line) -> None:
    if len(line.cells) > MOST_COLUMNS:
        message = _("Line %(line)s has more than %(most)s columns.") % {
            "line": line.number,
            "most": MOST_COLUMNS,
        }
        raise refusal(message)
    for cell in line.cells:
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            message = _("Line %(line)s has a cell of more than %(most)s characters.") % {
                "line": line.number,
                "most": grouped(LONGEST_CELL),
            }
            raise refusal(message)
