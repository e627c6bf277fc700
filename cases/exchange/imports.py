"""A file that comes in: looked through, its columns guessed or known."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.actions import imports
from cases.actions.imports import NEEDED, TakenFile
from cases.exchange import incoming, pfif_in
from cases.exchange.import_columns import columns_of, guessed
from cases.exchange.import_fields import NEEDED as NEEDED_COLUMNS
from cases.exchange.import_rows import Reader
from cases.exchange.incoming import Look
from cases.exchange.pfif_rows import PfifReader
from cases.exchange.shapes import Line
from cases.models import ImportRun
from cases.queries.imports import mapped_before
from cases.rules.attachments import title_of
from cases.rules.imports import BARRED, check_size, refusal
from cases.vocabulary.imports import ImportKind, ImportMode


@dataclass(frozen=True)
class Upload:
    """A file that waits for its row, and what its columns seem to hold."""

    file: TakenFile
    mapping: list[str]
    is_certain: bool


def taken(
    content: bytes, *, by: AnyActor, kind: str, mode: str = ImportMode.EACH
) -> AbstractContextManager[Upload]:
    """Look a file through and store it for `actions.imports.take_in` in the block.

    :raises ValidationError: for a file that is not taken, saying why.
    """
    require(by, NEEDED[kind])
    seen = pfif_in.look(content) if kind == ImportKind.PFIF else incoming.look(content)
    check_size(kind, mode, seen.rows)
    return _stored(content, by, kind, seen)


@contextmanager
def _stored(content: bytes, by: AnyActor, kind: str, seen: Look) -> Iterator[Upload]:
    head = seen.head
    mapping, is_certain = _mapping(by, kind, seen)
    with imports.taken(
        content, by=by, kind=kind, columns=head.columns, is_tagged=bool(head.tags), rows=seen.rows
    ) as file:
        yield Upload(file, mapping, is_certain)


def _mapping(by: AnyActor, kind: str, seen: Look) -> tuple[list[str], bool]:
    """Take the mapping from hashtags, or from a file with the same headers, or guess it."""
    head = seen.head
    if kind == ImportKind.PFIF:
        return [], True
    guess = guessed(kind, head.columns, head.tags)
    if head.tags:
        return guess, any(name in NEEDED_COLUMNS[kind] for name in guess)
    before = mapped_before(by.organisation_id, kind, imports.digest_of(head.columns))
    if before and any(head.columns):
        return json.loads(before), True
    return guess, False


def title(name: str | None) -> str:
    """Name an upload: what its own name says, without what could mislead."""
    return title_of(name or "")


def match(
    run: ImportRun, *, by: AnyActor, version: int | None, mapping: Sequence[str], **chosen: Any
) -> ImportRun:
    """Say which field each column of a file holds.

    :raises ValidationError: for a file that has no columns.
    """
    if run.kind == ImportKind.PFIF:
        raise refusal(_("A PFIF file has no columns to match. Go on with a dry run."), "columns")
    return imports.match(
        run,
        by=by,
        version=version,
        mapping=mapping,
        known=list(columns_of(run.kind)),
        needed=NEEDED_COLUMNS[run.kind],
        **chosen,
    )


def fields_of(kind: str) -> list[str]:
    """List what the columns of a kind of file can hold."""
    if kind == ImportKind.PFIF:
        return []
    return [name for name in columns_of(kind) if name != BARRED]


def columns_in(run: ImportRun) -> list[str]:
    """Give the headers of a file that is still there."""
    found: list[str] = json.loads(run.columns or "[]")
    return found


def mapping_in(run: ImportRun) -> list[str]:
    """Give the field of each column."""
    found: list[str] = json.loads(run.mapping or "[]")
    return found


def reader_of(run: ImportRun) -> Reader | PfifReader:
    """Give what reads the rows of a file; it remembers what it has looked up."""
    if run.kind == ImportKind.PFIF:
        return PfifReader()
    return Reader(run.kind, mapping_in(run))


def lines_of(run: ImportRun) -> Iterator[Line]:
    """Give the rows of a file that was looked through.

    :raises FileNotFoundError: where it is gone.
    """
    content = imports.content_of(run)
    if run.kind == ImportKind.PFIF:
        return pfif_in.lines(content)
    table = incoming.opened(content)
    return incoming.rows_of(table, incoming.head_of(table))
