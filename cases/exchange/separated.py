"""Tables as text: CSV with whatever stands between its cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import filetype
from django.utils.translation import gettext as _

from cases.exchange.shapes import Line, refusal
from cases.rules.encodings import decoded

_BETWEEN = (",", ";", "\t", "|")
_FIRST = 25
_LINE = re.compile(r"[^\n]*+\n|[^\n]++")


@dataclass(frozen=True)
class Separated:
    """A text whose lines are split into cells."""

    text: str
    between: str

    def lines(self) -> Iterator[Line]:
        """Give the lines; a cell of several lines is one.

        :raises ValidationError: where quotation marks do not close, or a cell is too long.
        """
        # csv's own reading of a StringIO would copy the whole text, at four bytes a letter.
        found = csv.reader(
            (match[0] for match in _LINE.finditer(self.text)), delimiter=self.between, strict=True
        )
        number = 0
        try:
            for number, cells in enumerate(found, start=1):
                yield Line(number, tuple(cells))
        except csv.Error:
            message = _(
                "Line %(line)s cannot be split into cells: a quotation mark is not closed, or a "
                "cell is too long."
            ) % {"line": number + 1}
            raise refusal(message) from None


def opened(content: bytes) -> Separated:
    """Read a text in one of the known encodings, and find what stands between its cells.

    :raises ValidationError: for other kinds of file, and other encodings.
    """
    guessed = filetype.guess(content[:8192])
    if guessed is not None or content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise refusal(_("This is no table that can be read. Send it as CSV or XLSX."))
    text = decoded(content)
    return Separated(text, _between(text))


def _between(text: str) -> str:
    """Choose the sign that gives the most lines of one width; a comma where none does."""
    return max(_BETWEEN, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    lines = (match[0] for match in islice(_LINE.finditer(text), _FIRST * 4))
    try:
        for cells in islice(csv.reader(lines, delimiter=sign), _FIRST):
            widths[len(cells)] += 1
    except csv.Error:
        return (0, 0)
    width, times = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
    return (times, width) if width > 1 else (0, 0)
