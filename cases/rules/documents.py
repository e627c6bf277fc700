"""Documents and texts: searched for what would run, open something or hide another file."""

import re
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules import texts
from cases.rules.numbers import grouped

LONGEST_TEXT = 1_000_000
MOST_WORK = 400_000_000
_PIECE = 65_536
_OVERLAP = 64
_TAIL = 32

_FORBIDDEN = {
    b"JavaScript": gettext_lazy("a program"),
    b"JS": gettext_lazy("a program"),
    b"Launch": gettext_lazy("a command for the reader's computer"),
    b"EmbeddedFile": gettext_lazy("another file"),
    b"EmbeddedFiles": gettext_lazy("another file"),
    b"OpenAction": gettext_lazy("something that happens when it is opened"),
    b"AA": gettext_lazy("something that happens when it is read"),
    b"XFA": gettext_lazy("a form with a program"),
    b"RichMedia": gettext_lazy("a film or a program"),
    b"SubmitForm": gettext_lazy("a form that sends what is entered"),
    b"ImportData": gettext_lazy("a form that loads a file"),
    b"GoToE": gettext_lazy("a way into another file"),
    b"Encrypt": gettext_lazy("a lock, so that nobody can look into it"),
    b"ASCII85Decode": gettext_lazy("a packing that we do not look into"),
    b"ASCIIHexDecode": gettext_lazy("a packing that we do not look into"),
    b"LZWDecode": gettext_lazy("a packing that we do not look into"),
    b"RunLengthDecode": gettext_lazy("a packing that we do not look into"),
}
_SHORT = frozenset({b"JS", b"AA"})  # two letters occur by chance in what is packed
_NAME_END = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z)"
_NAMES = re.compile(rb"/(" + b"|".join(sorted(_FORBIDDEN, reverse=True)) + rb")" + _NAME_END)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECTS = re.compile(rb"[\d\s]{3,}[<\[(/]")
_MARKUP = re.compile(r"<\s*(!doctype|html|svg|script|iframe|body|\?xml|\?php|%)|^#!|^%!", re.I)


def check_pdf(content: bytes) -> None:
    """Refuse a document that would do more than be read.

    Names are sought in the file and in all that is packed inside with Flate; other packings and
    locks are refused. It is no virus scanner: it keeps out what is out of place in evidence.

    :raises ValidationError: saying what was found.
    """
    if not content.startswith(b"%PDF-") or content.count(b"%PDF-") > 1:
        raise refusal(_("This is no plain PDF document: something stands before or beside it."))
    tail = content[-_TAIL:].rstrip(b"\x00\t\n\f\r ")
    if not tail.endswith(b"%%EOF"):
        raise refusal(_("This PDF document is cut off, or something hangs behind its end."))
    _check_names(content, is_plain=False)
    _check_names(b"".join(_outside_streams(content)), is_plain=True)
    for piece, is_plain in _unpacked(content):
        _check_names(piece, is_plain=is_plain)


def _check_names(content: bytes, *, is_plain: bool) -> None:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    for found in _NAMES.finditer(plain):
        if is_plain or found[1] not in _SHORT:
            raise refusal(
                _(
                    "This PDF document holds %(found)s (%(name)s). Print it to a new PDF and "
                    "send that."
                )
                % {"found": _FORBIDDEN[found[1]], "name": found[1].decode()}
            )


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """Give what stands between the streams.

    One pattern over it all would try each beginning that has no end to the end of the file.
    """
    at = 0
    while begun := _STREAM.search(content, at):
        yield content[at : begun.start()]
        end = content.find(b"endstream", begun.end())
        if end < 0:
            return
        at = end
    yield content[at:]


def _unpacked(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """Unpack each stream packed with Flate, a piece at a time; say whether it holds objects.

    Streams may be made to overlap, or to unpack to next to nothing for ever: all work is counted,
    what goes in as well as what comes out.
    """
    work = 0
    for begun in _STREAM.finditer(content):
        at, before, is_plain, stream = begun.end(), b"", False, zlib.decompressobj()
        packed = content[at : at + _PIECE] if _is_packed(content[at : at + 2]) else b""
        while packed:
            try:
                piece = stream.decompress(packed, _PIECE)
            except zlib.error:
                piece = b""  # a font, a picture or anything else: no reader unpacks it either
            work += len(packed) + len(piece)
            if work > MOST_WORK:
                raise refusal(_("This PDF document unpacks to far more than its size."))
            is_plain = is_plain or (not before and bool(_OBJECTS.match(piece)))
            yield before + piece, is_plain
            before = piece[-_OVERLAP:]
            if not piece or stream.eof:
                break
            at += 0 if stream.unconsumed_tail else _PIECE
            packed = stream.unconsumed_tail or content[at : at + _PIECE]


def _is_packed(head: bytes) -> bool:
    """Say whether two bytes begin a zlib stream."""
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0  # noqa: PLR2004


def plain_text(content: bytes) -> bytes:
    """Give a text in its one form.

    :raises ValidationError: for another encoding, control characters, and pages or programs that
        are text as well.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("This file is neither a picture, a PDF document nor text in UTF-8.")
        raise refusal(message) from None
    if len(text) > LONGEST_TEXT:
        message = _("This text is too long. It may have %(most)s characters at most.") % {
            "most": grouped(LONGEST_TEXT)
        }
        raise ValidationError(message, code="too_large")
    if _MARKUP.search(text):
        raise refusal(_("This text is a web page, a drawing or a program. Send plain words."))
    try:
        return texts.normal(text, is_long=True).encode()
    except ValidationError as fault:
        raise refusal(fault.messages[0]) from None


def refusal(message: str) -> ValidationError:
    """Make the refusal of a file."""
    return ValidationError(message, code="unaccepted_file")
