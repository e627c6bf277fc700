"""What is looked for in the parts of a spreadsheet: programs, entities, too many cells or words."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.exchange.shapes import MOST_COLUMNS, refusal
from cases.rules.numbers import grouped

MOST_UNPACKED = 200_000_000
MOST_CELLS = 5_000_000
MOST_TEXT = 200_000_000
PIECE = 1_000_000
_LONGEST_TAG = 65_536

_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)|macroEnabled|sheet\.binary", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*+)>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")
_SHARED = re.compile(
    rb"""\st\s*=\s*["']s["'][^>]*+>(?:<(?:\w+:)?f[^>]*+>[^<]*+</[^>]*+>)?\s*<(?:\w+:)?v[^>]*+>\s*(\d{1,9})\s*<"""
)
_ITEM_ENDS = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


class Search:
    """What all parts of one package have in them."""

    def __init__(self) -> None:
        self.used: Counter[int] = Counter()
        self.lengths = array("l")
        self.cells = 0

    def part(self, pieces: Iterator[bytes]) -> None:
        """Search one part, whatever its name: the reader follows links, not names."""
        row = column = widest = 0
        left, item = b"", 0
        for number, piece in enumerate(pieces):
            if number == 0 and (piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00<" in piece[:64]):
                raise damaged()
            whole = left + piece
            if _FORBIDDEN.search(whole):
                raise refusal(_("This workbook has a document type, entities or macros in it."))
            cut = whole.rfind(b"<")
            # A tag, and a cell with its value, are looked at whole.
            cut = max(whole.rfind(b"<", 0, cut), 0) if cut > 0 else 0
            cut = _last_cell(whole, cut)
            now, left = whole[:cut], whole[cut:]
            if len(left) > _LONGEST_TAG + PIECE:
                raise damaged()
            row, column, widest = self._cells(now, row, column, widest)
            item = self._items(now, item)
        row, column, widest = self._cells(left, row, column, widest)
        self._items(left, item)

    def _cells(self, text: bytes, row: int, column: int, widest: int) -> tuple[int, int, int]:
        for kind, attributes in _TAGS.findall(text):
            place = _PLACE.search(attributes)
            if kind == b"row":
                row, column = (int(place[2]) if place else row + 1), 0
            else:
                column = _number(place[1]) if place and place[1] else column + 1
                row = int(place[2]) if place and place[1] else row
                widest = max(widest, column)
                if widest > MOST_COLUMNS:
                    message = _("A sheet has more than %(most)s columns.") % {"most": MOST_COLUMNS}
                    raise refusal(message)
            if row * max(widest, 1) > MOST_CELLS:
                message = _("A sheet has more than %(most)s cells, empty ones counted.") % {
                    "most": grouped(MOST_CELLS)
                }
                raise refusal(message)
        self.used.update(map(int, _SHARED.findall(text)))
        return row, column, widest

    def _items(self, text: bytes, begun: int) -> int:
        at = 0
        for end in _ITEM_ENDS.finditer(text):
            self.lengths.append(begun + end.end() - at)
            begun, at = 0, end.end()
        return begun + len(text) - at

    def end(self) -> None:
        """Refuse cells that all show one long text: it would be written out for each."""
        most = len(self.lengths)
        text = sum(self.lengths[at] * times for at, times in self.used.items() if at < most)
        if text > MOST_TEXT:
            raise too_much()


def _last_cell(text: bytes, cut: int) -> int:
    """Move a cut before the last cell that begins, so that its value stays with it."""
    begins = max(text.rfind(b"<c ", 0, cut), text.rfind(b":c ", 0, cut))
    begins = text.rfind(b"<", 0, begins + 1) if begins > 0 else -1
    return begins if begins > 0 and cut - begins < _LONGEST_TAG else cut


def _number(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def too_much() -> Exception:
    """Make the refusal of what would fill the memory."""
    message = _("This workbook unpacks to more than %(megabytes)s MB.") % {
        "megabytes": MOST_UNPACKED // 1_000_000
    }
    return refusal(message)


def damaged() -> Exception:
    """Make the refusal of what is no proper workbook."""
    return refusal(_("This workbook is damaged. Open it, and save it again."))
