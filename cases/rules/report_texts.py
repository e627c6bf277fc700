"""Texts of reports: what may be kept, its paragraphs, and what a program notices in them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules import documents, texts
from cases.rules.attachments import LARGEST, told_from
from cases.rules.numbers import grouped
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.reports import TextFault

LONGEST = 100_000
LARGEST_PAGE = 2_000_000
TAKEN = gettext_lazy("plain text, a web page (HTML) or a PDF document")

_UNSEEN_IN_PAGES = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Where a line may break: web pages are full of them, and no reader can find one to delete it."""
_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|article|main|div|p)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,20})", re.I)
_CHARSETS = {b"windows-1251": "cp1251", b"koi8-r": "koi8-r", b"koi8-u": "koi8-u"}
_HEAD = 4096
_BLOCKS = re.compile(
    r"/?(address|article|aside|blockquote|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|"
    r"hr|li|main|ol|p|pre|section|table|td|th|title|tr|ul)\Z"
)
_UNREAD = ("script", "style", "noscript", "template", "svg", "nav", "iframe", "select", "button")
_TAG_NAME = re.compile(r"/?[a-z][a-z0-9]*")
_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a report, as a locator names it."""

    number: int
    text: str

    @property
    def locator(self) -> str:
        return f"paragraph {self.number}"


@dataclass(frozen=True)
class TextWarning:
    """Something a reader should look at, where it stands, and what to do about it."""

    kind: TextFault
    paragraph: int | None
    advice: str


@dataclass(frozen=True)
class CheckedReport:
    """A report as it may be kept: its text, and what was archived."""

    text: str
    content: bytes
    media_type: MediaType

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Split a text where lines are left empty; one that has no empty lines, at each line."""
    pieces = _GAP.split(text.strip())
    if len(pieces) == 1:
        pieces = text.split("\n")
    words = (" ".join(piece.split()) for piece in pieces)
    return tuple(Paragraph(n, text) for n, text in enumerate(filter(None, words), start=1))


def pasted(text: str) -> CheckedReport:
    """Give a text that was pasted in the form in which it is kept.

    :raises ValidationError: where there is none, it is too long, or has what nobody can see.
    """
    tidy = texts.normal(text.translate(_UNSEEN_IN_PAGES), is_long=True).strip()
    if not tidy:
        message = _("There is no text. Paste it, or choose a file that has one.")
        raise ValidationError({"text": ValidationError(message, code="text_missing")})
    if len(tidy) > LONGEST:
        message = _("This text is too long. It may have %(most)s characters at most.") % {
            "most": grouped(LONGEST)
        }
        raise ValidationError({"text": ValidationError(message, code="max_length")})
    return CheckedReport(tidy, tidy.encode(), MediaType.TEXT)


def uploaded(content: bytes, text: str = "") -> CheckedReport:
    """Give a file in the form in which it is kept, with its text or the one pasted beside it.

    Of a web page the words are kept and nothing that would run. A PDF document is kept as it is;
    no text is taken from it.

    :raises ValidationError: for other files, and for a PDF document without a text beside it.
    """
    if len(content) > LARGEST:
        message = _("The file is too large. It may have %(megabytes)s MB at most.") % {
            "megabytes": LARGEST // 1_000_000
        }
        raise ValidationError(message, code="too_large")
    is_page = bool(_PAGE.search(content[:_HEAD])) and b"%PDF-" not in content[:_HEAD]
    media_type = MediaType.TEXT if is_page else told_from(content)
    if media_type is MediaType.PDF:
        documents.check_pdf(content)
        return _with_text(content, text)
    if media_type is not MediaType.TEXT:
        raise documents.refusal(_("This file is a picture. Send %(taken)s.") % {"taken": TAKEN})
    if not is_page:
        return pasted(documents.plain_text(content).decode())
    return pasted(_words_of(_decoded(content)))


def _with_text(content: bytes, text: str) -> CheckedReport:
    if not text.strip():
        message = _("No text is taken from a PDF document. Paste its text beside it.")
        raise ValidationError({"text": ValidationError(message, code="text_missing")})
    return CheckedReport(pasted(text).text, content, MediaType.PDF)


def _decoded(page: bytes) -> str:
    if len(page) > LARGEST_PAGE:
        message = _("A web page may have %(megabytes)s MB at most. Paste its text.") % {
            "megabytes": LARGEST_PAGE // 1_000_000
        }
        raise ValidationError(message, code="too_large")
    named = _CHARSET.search(page[:_HEAD])
    charset = _CHARSETS.get(named[1].lower(), "utf-8-sig") if named else "utf-8-sig"
    try:
        return page.decode(charset)
    except UnicodeDecodeError:
        message = _("The letters of this web page cannot be read. Paste its text.")
        raise documents.refusal(message) from None


def _words_of(page: str) -> str:
    """Give the words of a web page, a line left empty between its blocks."""
    kept = "".join(html.unescape(piece) for piece in _pieces(page))
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pieces(page: str) -> Iterator[str]:
    """Go over a page once, whatever it is: nothing is looked for twice."""
    small, at = page.lower(), 0
    if len(small) != len(page):  # a few letters grow when they are made small
        small = page
    while (begun := page.find("<", at)) >= 0:
        yield page[at:begun].replace("\n", " ")
        end, name = _end_of_tag(small, begun)
        if end < 0:
            return
        if name == "<":
            yield name
        elif name == "br":
            yield "\n"
        elif _BLOCKS.match(name):
            yield "\n\n"
        at = end
    yield page[at:].replace("\n", " ")


def _end_of_tag(page: str, begun: int) -> tuple[int, str]:
    """Say where a tag ends, or all that is not read with it; -1 where it never does."""
    if page.startswith("<!--", begun):
        return _after(page, "-->", begun + 4), ""
    name = _TAG_NAME.match(page, begun + 1)
    if name is None:
        # A bare “<” of the text, a declaration or an instruction.
        is_mark = page.startswith(("<!", "<?"), begun)
        return (_after(page, ">", begun), "") if is_mark else (begun + 1, "<")
    if name[0] in _UNREAD:
        return _after(page, f"</{name[0]}>", begun), name[0]
    return _after(page, ">", begun), name[0]


def _after(page: str, sought: str, begun: int) -> int:
    found = page.find(sought, begun)
    return -1 if found < 0 else found + len(sought)
