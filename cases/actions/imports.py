"""Imports: a file kept, its columns matched, checked, run, and deleted when it is over."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _, gettext_noop

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import attachments, jobs, recording, sealing
from cases.models import ImportRow, ImportRun
from cases.outbox import Job
from cases.rules import imports as rules
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState

S = ImportState
NEEDED: Mapping[str, Act] = {
    ImportKind.INDIVIDUALS: Act.KEEP_CASES,
    ImportKind.BATCHES: Act.KEEP_BATCHES,
    ImportKind.SLOTS: Act.KEEP_BATCHES,
    ImportKind.COUNTS: Act.RECORD_COUNTS,
    ImportKind.PLACES: Act.KEEP_PLACES,
    ImportKind.PFIF: Act.KEEP_CASES,
}


_TOLD: Mapping[str, str] = {
    S.CHECKING: gettext_noop("began to check a file"),
    S.CHECKED: gettext_noop("checked a file"),
    S.RUNNING: gettext_noop("began to import a file"),
    S.ENDED: gettext_noop("imported a file"),
    S.REFUSED: gettext_noop("imported nothing of a file"),
    S.STOPPED: gettext_noop("stopped an import"),
}


@dataclass(frozen=True)
class TakenFile:
    """A file that was looked through, and lies locked in the storage and waits for its row."""

    stored_name: str
    size: int
    sha256: str
    columns: tuple[str, ...]
    is_tagged: bool
    rows: int


def taken(
    content: bytes, *, by: AnyActor, kind: str, columns: Sequence[str], is_tagged: bool, rows: int
) -> AbstractContextManager[TakenFile]:
    """Store a file, locked, for :func:`take_in`, which follows in the block.

    Enter the block outside the transaction: at the end the file is taken away again unless its
    row was committed.
    """
    require(by, NEEDED.get(kind, Act.KEEP_CASES))
    return _kept_with_its_row(content, tuple(columns), is_tagged=is_tagged, rows=rows)


@contextmanager
def _kept_with_its_row(
    content: bytes, columns: tuple[str, ...], *, is_tagged: bool, rows: int
) -> Iterator[TakenFile]:
    digest, size = sha256(content).hexdigest(), len(content)
    with attachments.stored(sealing.sealed(content)) as stored_name:
        yield TakenFile(stored_name, size, digest, columns, is_tagged, rows)


@transaction.atomic
def take_in(
    *,
    by: AnyActor,
    upload: TakenFile,
    kind: str,
    file_name: str,
    mapping: Sequence[str],
    is_certain: bool = False,
    mode: str = ImportMode.EACH,
) -> ImportRun:
    """Keep a file that is to be imported; nothing of it is added yet.

    ``is_certain`` says that the mapping comes from the file's own hashtags, or stood for a file
    with the same headers before: then nobody need confirm it.

    :raises ValidationError: where it has no rows, or too many.
    """
    require(by, NEEDED.get(kind, Act.KEEP_CASES))
    _require_user(by)
    rules.check_size(kind, mode, upload.rows)
    return recording.add(
        ImportRun,
        by=by,
        act=NEEDED.get(kind, Act.KEEP_CASES),
        kind=kind,
        mode=mode,
        state=S.MAPPED if is_certain else S.UPLOADED,
        file_name=file_name,
        stored_name=upload.stored_name,
        size=upload.size,
        sha256=upload.sha256,
        columns=json.dumps(upload.columns, ensure_ascii=False),
        columns_digest=digest_of(upload.columns),
        mapping=json.dumps(list(mapping)),
        is_tagged=upload.is_tagged,
        rows=upload.rows,
    )


@transaction.atomic
def match(
    run: ImportRun,
    *,
    by: AnyActor,
    version: int | None,
    mapping: Sequence[str],
    known: Sequence[str],
    needed: Sequence[str],
    mode: str | None = None,
) -> ImportRun:
    """Say which field each column holds; columns of the file that hold none are left out.

    :raises ValidationError: for a field that there is not, or two columns of one field.
    """
    _require_own(run, by)
    recording.compare(run, version)
    if run.state != S.MAPPED:  # what is matched may be matched otherwise
        rules.RUN.check(run.state, S.MAPPED)
    columns = len(json.loads(run.columns or "[]"))
    rules.check_mapping(mapping, columns=columns, known=known, needed=needed)
    chosen = mode or run.mode
    rules.check_size(run.kind, chosen, run.rows)
    _forget_rows(run)
    values = {"mapping": json.dumps(list(mapping)), "mode": chosen, "state": S.MAPPED, **_NOTHING}
    return recording.settle(run, values, by=by, act="matched the columns of a file")


@transaction.atomic
def begin(run: ImportRun, *, by: AnyActor, version: int | None, is_dry: bool) -> ImportRun:
    """Let the worker go through the file as ``by``: to check it, or to add its rows.

    :raises Conflict: if somebody was quicker.
    :raises ValidationError: where its columns are not matched, or it is over.
    """
    _require_own(run, by)
    recording.compare(run, version)
    to = S.CHECKING if is_dry else S.RUNNING
    rules.RUN.check(run.state, to)
    _forget_rows(run)
    begun = recording.settle(run, {"state": to, **_NOTHING}, by=by, act=_TOLD[to])
    jobs.put(Job.CARRY_OUT_IMPORT, str(run.pk))
    return begun


_NOTHING = {"rows_done": 0, "rows_added": 0, "rows_unchanged": 0, "rows_refused": 0}


@transaction.atomic
def end(run: ImportRun, *, by: AnyActor, to: str, why: str = "") -> ImportRun:
    """Note how a run, or a dry run, has ended; after a run its file is deleted for good.

    :raises PermissionDenied: for anybody but the system, except to stop one's own.
    """
    if not isinstance(by, System):
        _require_own(run, by)
    run.refresh_from_db()
    rules.RUN.check(run.state, to)
    values: dict[str, Any] = {"state": to, "why": why[:300]}
    if to in rules.OVER:
        _delete_file(run)
        values |= {"stored_name": "", "columns": "", "ended_at": clock.now()}
    told = f"{run.kind}: {run.rows_added} added, {run.rows_refused} refused"
    return recording.settle(run, values, by=by, act=_TOLD[to], reason=why or told)


@transaction.atomic
def stop(run: ImportRun, *, by: AnyActor, version: int | None = None) -> ImportRun:
    """Stop one's own import and delete its file; what was added stays."""
    _require_own(run, by)
    recording.compare(run, version)
    return end(run, by=by, to=S.STOPPED, why=rules.BY_USER)


@transaction.atomic
def forget_old(*, by: AnyActor) -> int:
    """Delete the files that nobody ran to their end, and what became of rows long ago.

    :returns: how many files.
    """
    if not isinstance(by, System):
        message = _("You may not tidy up imports; the worker does.")
        raise PermissionDenied(message)
    now = clock.now()
    left = ImportRun.objects.exclude(state__in=rules.OVER)
    old = list(left.filter(recorded_at__lt=now - timedelta(days=rules.KEPT_DAYS)))
    for run in old:
        end(run, by=by, to=S.STOPPED, why=rules.TOO_OLD)
    over = ImportRun.objects.filter(ended_at__lt=now - timedelta(days=rules.RESULT_DAYS))
    ImportRow.objects.filter(run__in=over.values("pk")).delete()
    return len(old)


def content_of(run: ImportRun) -> bytes:
    """Give the file of a run, unlocked.

    :raises FileNotFoundError: where it is no longer there.
    """
    with default_storage.open(run.stored_name) as file:
        content = sealing.opened(file.read())
    if sha256(content).hexdigest() != run.sha256:
        raise FileNotFoundError
    return content


def digest_of(columns: Sequence[str]) -> str:
    """Tell headers from other headers, and say nothing of them."""
    whole = "\n".join(rules.plain_header(column) for column in columns)
    return salted_hmac("cases.imports.columns", whole, algorithm="sha256").hexdigest()


def _delete_file(run: ImportRun) -> None:
    stored_name = run.stored_name
    if stored_name:
        transaction.on_commit(lambda: default_storage.delete(stored_name))


def _forget_rows(run: ImportRun) -> None:
    with acting_as(System("forgetting a dry run")):
        ImportRow.objects.filter(run=run).delete()


def _require_user(by: AnyActor) -> None:
    if by.user_id is None:
        message = _("You may not import files: that is done by somebody who signs in.")
        raise PermissionDenied(message)


def _require_own(run: ImportRun, by: AnyActor) -> None:
    """Let nobody go on with a file but whoever uploaded it, under the rights of the moment."""
    require(by, NEEDED.get(run.kind, Act.KEEP_CASES))
    if by.user_id is None or run.recorded_by_id != by.user_id:
        message = _("You may not go on with a file that somebody else uploaded.")
        raise PermissionDenied(message)
