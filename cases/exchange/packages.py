"""Spreadsheets are packed folders: each part is unpacked here once, counted and searched.

What is found here holds for the reader after it: nothing is unpacked that was not measured.
"""

import re
import stat
import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from cases.exchange.shapes import MOST_COLUMNS, refusal
from cases.rules.numbers import grouped

MOST_UNPACKED = 200_000_000
MOST_PARTS = 1_000
MOST_CELLS = 5_000_000
MOST_TEXT = 200_000_000
_PIECE = 1_000_000
_LONGEST_TAG = 65_536
_LOCAL_HEADER = 30

_OUT_OF_PLACE = re.compile(
    r"vbaproject|macrosheets/|externallinks/|embeddings/|activex/|dialogsheets/|ctrlprops/"
)
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)|macroEnabled|sheet\.binary", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*+)>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")
_SHARED = re.compile(
    rb"""\st\s*=\s*["']s["'][^>]*+>(?:<(?:\w+:)?f[^>]*+>[^<]*+</[^>]*+>)?\s*<(?:\w+:)?v[^>]*+>\s*(\d{1,9})\s*<"""
)
_ITEM_ENDS = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


def check(content: bytes) -> None:
    """Refuse a spreadsheet that would run something, reach out, or fill the memory.

    :raises ValidationError: saying what was found.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts)
            search = _Search()
            for part in parts:
                search.part(_unpacked(content, part))
            search.end()
    except (BadZipFile, struct.error, zlib.error, NotImplementedError, ValueError, EOFError):
        raise _damaged() from None


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise _damaged()
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise refusal(_("This packed file is no XLSX workbook. Send the table as CSV or XLSX."))
    if any(_OUT_OF_PLACE.search(name) for name in names):
        message = _(
            "This workbook has programs, other files or links to other files in it. Save it as a "
            "plain XLSX workbook."
        )
        raise refusal(message)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_much()
    for part in parts:
        is_plain = part.compress_type in {ZIP_STORED, ZIP_DEFLATED} and not part.flag_bits & 1
        if not is_plain or stat.S_ISLNK(part.external_attr >> 16):
            raise _damaged()


def _unpacked(content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """Unpack a part in pieces; one that is not as long as it says is refused.

    Python's own reading stops where the length says, and the reader after us does not.
    """
    head = content[part.header_offset : part.header_offset + _LOCAL_HEADER]
    name, extra = struct.unpack("<HH", head[26:30])
    start = part.header_offset + _LOCAL_HEADER + name + extra
    packed = memoryview(content)[start : start + part.compress_size]
    given = 0
    pieces = _stored(packed) if part.compress_type == ZIP_STORED else _inflated(packed)
    for piece in pieces:
        given += len(piece)
        if given > part.file_size:
            raise _too_much()
        yield piece
    if given != part.file_size:
        raise _damaged()


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _PIECE):
        yield bytes(packed[start : start + _PIECE])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while not inflater.eof:
        piece = inflater.decompress(waiting, _PIECE)
        if not piece and not inflater.unconsumed_tail:
            break
        waiting = inflater.unconsumed_tail
        yield piece
    if not inflater.eof or inflater.unused_data:
        raise _damaged()


class _Search:
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
                raise _damaged()
            whole = left + piece
            if _FORBIDDEN.search(whole):
                raise refusal(_("This workbook has a document type, entities or macros in it."))
            cut = whole.rfind(b"<")
            # A tag, and a cell with its value, are looked at whole.
            cut = max(whole.rfind(b"<", 0, cut), 0) if cut > 0 else 0
            cut = _last_cell(whole, cut)
            now, left = whole[:cut], whole[cut:]
            if len(left) > _LONGEST_TAG + _PIECE:
                raise _damaged()
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
            raise _too_much()


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


def _too_much() -> Exception:
    message = _("This workbook unpacks to more than %(megabytes)s MB.") % {
        "megabytes": MOST_UNPACKED // 1_000_000
    }
    return refusal(message)


def _damaged() -> Exception:
    return refusal(_("This workbook is damaged. Open it, and save it again."))
