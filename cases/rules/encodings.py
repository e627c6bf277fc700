"""Which letters the bytes of a text file are: told for certain, or refused."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = "А-ЯЁІЇЄҐЎа-яёіїєґў"
_EXPECTED = re.compile(rf"[\x00-\x7f{_CYRILLIC}«»–—‘’“”„…№§©®°±·\u00a0€•™]*+")
_WORD = re.compile(rf"[A-Za-z{_CYRILLIC}]+")
_TWO_SCRIPTS = re.compile(rf"[A-Za-z][{_CYRILLIC}]|[{_CYRILLIC}][A-Za-z]")
_TURNED = re.compile(r"[а-яёіїєґў][А-ЯЁІЇЄҐЎ]")
"""A small letter before a capital: what another Cyrillic encoding gives when taken for 1251."""
_COMMON = frozenset("оеаинтсрвлкмідуОЕАИНТСРВЛКМІДУ")
_SAMPLE = 400_000
_FEWEST_COMMON = 0.5
_MOST_ODD = 0.02


def decoded(content: bytes) -> str:
    """Give the text of a file in UTF-8, UTF-16 or Windows-1251.

    :raises ValidationError: where it is none of these, or may be another one.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name)
    if b"\x00" in content:
        raise _refusal()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(content, "cp1251")
    if not _is_russian_or_ukrainian(text[:_SAMPLE]) or _EXPECTED.fullmatch(text) is None:
        raise _refusal()
    return text


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        raise _refusal() from None


def _is_russian_or_ukrainian(text: str) -> bool:
    """Tell text that was written in Windows-1251 from what only can be read so."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    letters = "".join(words)
    if not letters:
        return False
    odd = sum(1 for word in words if _TWO_SCRIPTS.search(word) or _TURNED.search(word))
    common = sum(1 for letter in letters if letter in _COMMON)
    return odd <= _MOST_ODD * len(words) and common >= _FEWEST_COMMON * len(letters)


def _refusal() -> ValidationError:
    message = _(
        "It cannot be told for certain in which encoding this file is. Save it as UTF-8 "
        "(in Excel: “CSV UTF-8”) or as XLSX."
    )
    return ValidationError(message, code="encoding")
