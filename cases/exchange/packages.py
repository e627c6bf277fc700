"""Spreadsheets are packed folders: each part is unpacked here once, counted and searched.

What is found here holds for the reader after it: nothing is unpacked that was not measured.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from cases.exchange.package_search import MOST_UNPACKED, PIECE, Search, damaged, too_much
from cases.exchange.shapes import refusal

MOST_PARTS = 1_000
_LOCAL_HEADER = 30

_OUT_OF_PLACE = re.compile(
    r"vbaproject|macrosheets/|externallinks/|embeddings/|activex/|dialogsheets/|ctrlprops/"
)


def check(content: bytes) -> None:
    """Refuse a spreadsheet that would run something, reach out, or fill the memory.

    :raises ValidationError: saying what was found.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts)
            search = Search()
            for part in parts:
                search.part(_unpacked(content, part))
            search.end()
    except (BadZipFile, struct.error, zlib.error, NotImplementedError, ValueError, EOFError):
        raise damaged() from None


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise damaged()
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise refusal(_("This packed file is no XLSX workbook. Send the table as CSV or XLSX."))
    if any(_OUT_OF_PLACE.search(name) for name in names):
        message = _(
            "This workbook has programs, other files or links to other files in it. Save it as a "
            "plain XLSX workbook."
        )
        raise refusal(message)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise too_much()
    for part in parts:
        is_plain = part.compress_type in {ZIP_STORED, ZIP_DEFLATED} and not part.flag_bits & 1
        if not is_plain or stat.S_ISLNK(part.external_attr >> 16):
            raise damaged()


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
            raise too_much()
        yield piece
    if given != part.file_size:
        raise damaged()


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), PIECE):
        yield bytes(packed[start : start + PIECE])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while not inflater.eof:
        piece = inflater.decompress(waiting, PIECE)
        if not piece and not inflater.unconsumed_tail:
            break
        waiting = inflater.unconsumed_tail
        yield piece
    if not inflater.eof or inflater.unused_data:
        raise damaged()
