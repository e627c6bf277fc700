"""Files that are awkward, or mean harm."""

import io
import struct
import zipfile
import zlib
from typing import Any

import xlsxwriter

_OFFICE = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_OFFICE}">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MAIN}"/></Types>'
)


def workbook(rows: list[list[Any]], *, is_1904: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": is_1904, "strings_to_formulas": False})
    sheet, as_date = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, tuple):
                sheet.write_number(y, x, value[0], as_date)
            else:
                sheet.write(y, x, value)
    book.close()
    return out.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """Put a part into a workbook, in the place of the one of that name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part.filename))
        new.writestr(name, body)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


SHEET = "xl/worksheets/sheet1.xml"


def edited(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    body = part_of(content, name)
    assert old in body, body[:500]
    return with_part(content, name, body.replace(old, new, 1))


def lying(content: bytes, name: str, size: int) -> bytes:
    """Let a part say that it is shorter than it is: with the sum of its beginning."""
    bomb = b"A" * 50_000_000
    made = with_part(content, name, bomb)
    told = struct.pack("<III", zlib.crc32(bomb[:size]), 0, size)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        info = package.getinfo(name)
        where = (info.header_offset + 14, package.start_dir)
    out = bytearray(made)
    packed = out[where[0] + 4 : where[0] + 8]
    told = told[:4] + bytes(packed) + told[8:]
    out[where[0] : where[0] + 12] = told
    at = out.rindex(name.encode()) - 46
    out[at + 16 : at + 28] = told
    return bytes(out)
