"""Tables as XLSX: looked through before anything reads them, and bounded in all they could be."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from cases.exchange.packages import check
from cases.exchange.shapes import Line, refusal

_ZIP = b"PK\x03\x04"
_LOCKED_OR_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a workbook that has anything in it."""

    content: bytes

    def lines(self) -> Iterator[Line]:
        """Give the lines of the sheet, numbered as it numbers them."""
        book = _book(self.content)
        for place in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(place)
            if sheet.end is not None:
                left = (None,) * (sheet.start[1] if sheet.start else 0)
                for number, cells in enumerate(sheet.iter_rows(), start=1):
                    yield Line(number, (*left, *cells))
                return


def is_package(content: bytes) -> bool:
    """Say whether a file has to be looked at as a spreadsheet."""
    return content.startswith((_ZIP, _LOCKED_OR_OLD))


def opened(content: bytes) -> Sheet:
    """Open a workbook that was looked through.

    :raises ValidationError: for old or locked workbooks, and for what :func:`check` refuses.
    """
    if content.startswith(_LOCKED_OR_OLD):
        message = _("This workbook is locked with a password, or of an old form. Save it as XLSX.")
        raise refusal(message)
    check(content)
    return Sheet(content)


def _book(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_object(BytesIO(content))
    except BaseException as fault:  # a panic of the reader's Rust is no Exception
        if isinstance(fault, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise refusal(_("This workbook is damaged. Open it, and save it again.")) from None
