"""Tables on their way out: columns that say what they hold, and rows read one after another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from cases.rules.cells import harmless
from cases.rules.exports import MOST_FIGURES
from cases.vocabulary.base import Terms

JOINED_BY = "; "
Row = Mapping[str, Any]


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "true or false"
    DAY = "a day, YYYY-MM-DD"
    MOMENT = "a moment, ISO 8601"
    TERM = "a term"
    ID = "an id"


@dataclass(frozen=True)
class Column:
    """One column, and where its value stands in the row as JSON shows it."""

    name: str
    path: tuple[str, ...]
    kind: Kind
    meaning: str = ""
    terms: type[Terms] | None = None
    is_joined: bool = False
    """Whether it holds several values, one after another."""
    unless: frozenset[str] = frozenset()
    """Names that the cell leaves out: what the whole table lacks need not stand in each row."""

    def value(self, row: Row) -> Any:
        """Give what the cell holds: text, a number, or nothing."""
        found = _reach(row, self.path)
        if isinstance(found, list):
            kept = (_text(one) for one in found if one not in self.unless)
            return JOINED_BY.join(kept)
        if self.kind is Kind.NUMBER:
            return _number(found)
        return _text(found)

    def cell(self, row: Row) -> str:
        """Give the cell as text that no spreadsheet runs; a number needs no care."""
        value = self.value(row)
        if value is None:
            return ""
        return harmless(value) if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class Table:
    """A list or a figure as a table. ``rows`` are read once, while the file is written."""

    name: str
    """Of the collection or the figure, as in the address."""
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    left_out: tuple[str, ...] = ()
    """Fields that whoever takes the file reads elsewhere, and that it does not hold."""
    head: tuple[tuple[str, str], ...] = ()
    """What stands above the rows: what was asked, how it is counted, who says so."""
    figures: tuple[tuple[str, ...], ...] = ()
    """Where the ids of figures stand in a row, if it holds any."""


@dataclass
class Made:
    """What is on record of a file: who made it, of what, and how many rows went in."""

    by: str
    at: datetime
    filters: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    """A line that names the one whom the file was made for; empty where nobody in it is named."""
    rows: int = 0
    figures: dict[str, None] = field(default_factory=dict)
    """The ids of the figures that went in, each once; of a very long file, the first."""

    def counted(self, table: Table) -> Iterator[Row]:
        """Pass the rows on, count them, and remember which figures they hold."""
        for row in table.rows:
            self.rows += 1
            if table.figures and len(self.figures) <= MOST_FIGURES:
                found = (_reach(row, path) for path in table.figures)
                self.figures.update(dict.fromkeys(str(key) for key in found if key))
            yield row


def _reach(found: Any, path: tuple[str, ...]) -> Any:
    for place, name in enumerate(path):
        if isinstance(found, list):
            return [_reach(one, path[place:]) for one in found]
        if found is None:
            return None
        found = found.get(name)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value)


def _number(value: Any) -> int | float | Decimal | None:
    if value is None or isinstance(value, int | float | Decimal):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
