"""Which fields the columns of a file can hold, and how they are guessed from headers and tags."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cases.exchange.import_fields import TABLES
from cases.rules.imports import BARRED, plain_header

EXTERNAL_ID = "external_id"

_TAG = re.compile(r"#(\w+)((?:\s*\+\w+)*)")


@dataclass(frozen=True)
class Column:
    """A field that a column can hold."""

    name: str
    reads: str
    headers: frozenset[str]
    tags: tuple[tuple[str, frozenset[str]], ...]


@cache
def columns_of(kind: str) -> Mapping[str, Column]:
    """Give the fields that a file of a kind can hold, by name."""
    lines = re.sub(r"\n\s+", " ", TABLES[kind].strip()).split("\n")
    found = [_column(*[part.strip() for part in line.split("|")]) for line in lines]
    return {column.name: column for column in found}


def _column(name: str, reads: str, headers: str = "", tags: str = "") -> Column:
    own = name.removesuffix("_edtf")
    words = frozenset(plain_header(one) for one in (name, own, *headers.split(",")) if one.strip())
    return Column(name, reads, words, tuple(_parts(tag) for tag in tags.split(",") if tag.strip()))


def guessed(kind: str, columns: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Guess the field of each column: from its hashtag, or from its header; none is told twice."""
    found: list[str] = []
    for place, header in enumerate(columns):
        tag = tags[place] if place < len(tags) else ""
        name = _of_tag(kind, tag) if tags else _of_header(kind, header)
        found.append("" if name in found and name != BARRED else name)
    return found


def _of_header(kind: str, header: str) -> str:
    plain = plain_header(header)
    fits = (name for name, column in columns_of(kind).items() if plain in column.headers)
    return next(fits, "") if plain else ""


def _of_tag(kind: str, text: str) -> str:
    if not text.strip():
        return ""
    tag, attributes = _parts(text)
    best, most = "", -1
    for name, column in columns_of(kind).items():
        for known, needed in column.tags:
            if known == tag and needed <= attributes and len(needed) > most:
                best, most = name, len(needed)
    return best


def _parts(text: str) -> tuple[str, frozenset[str]]:
    match = _TAG.match(text.strip().lower())
    if match is None:
        return "", frozenset()
    return match[1], frozenset(re.findall(r"\w+", match[2]))
