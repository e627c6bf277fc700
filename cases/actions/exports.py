"""Files that tell who somebody is: asked for, decided by another, made, taken, taken away."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import jobs, reads, recording
from cases.models import ExportRun, Organisation, User
from cases.models.exports import LONGEST_REASON
from cases.outbox import Job
from cases.queries.exports import rows_made
from cases.queries.takings import Held
from cases.rules import exports as rules
from cases.vocabulary.exports import ExportState, FileFormat

ASK, DECIDE = Act.EXPORT_CASES, Act.APPROVE_EXPORTS


@dataclass(frozen=True)
class Stored:
    """A sealed file that lies in the storage, and what it holds."""

    stored_name: str
    salt: str
    sha256: str
    rows: int
    size: int


@transaction.atomic
def ask(
    *,
    by: AnyActor,
    collection: str,
    format: FileFormat,  # noqa: A002 - as the column and the API call it
    reason: str,
    filters: str = "",
    organisation: Organisation | None = None,
) -> ExportRun:
    """Ask for a list as a file; somebody else decides."""
    require(by, ASK)
    return recording.add(
        ExportRun, by=by, act=ASK, organisation=organisation,
        collection=collection, format=format, reason=reason, filters=filters,
    )  # fmt: skip


@transaction.atomic
def approve(run: ExportRun, *, by: AnyActor, version: int | None) -> ExportRun:
    """Let a file be made, as a second person; the worker makes it as whoever asked for it.

    :raises ValidationError: for what oneself has asked for, or what is decided.
    """
    require(by, DECIDE)
    _decidable(run, by=by, version=version)
    values = {
        "state": ExportState.APPROVED,
        "decided_by_id": by.user_id,
        "decided_at": clock.now(),
    }
    recording.settle(run, values, by=by, act="approved")
    jobs.put(Job.BUILD_EXPORT, str(run.pk))
    return run


@transaction.atomic
def decline(run: ExportRun, *, by: AnyActor, version: int | None, reason: str) -> ExportRun:
    """Refuse a file, as a second person.

    :raises ValidationError: without a reason, for what oneself has asked for, or what is decided.
    """
    require(by, DECIDE)
    _decidable(run, by=by, version=version)
    if not reason.strip():
        message = _("Say why there is to be no file.")
        raise recording.refusal("reason", message, "required")
    values = {
        "state": ExportState.DECLINED,
        "decided_by_id": by.user_id,
        "decided_at": clock.now(),
        "decision_reason": reason,
    }
    return recording.settle(run, values, by=by, act="declined", reason=reason)


@contextmanager
def stored(sealed: IO[bytes]) -> Iterator[str]:
    """Store a sealed file for the block, and for good only if a run that names it was saved."""
    stored_name = default_storage.save(secrets.token_hex(20), File(sealed))
    try:
        yield stored_name
    finally:
        with acting_as(System("looking for the row of a file")):
            is_named = ExportRun.objects.filter(stored_name=stored_name).exists()
        if not is_named:
            default_storage.delete(stored_name)


@transaction.atomic
def finish(run: ExportRun, *, by: AnyActor, file: Stored, held: Sequence[Held] = ()) -> ExportRun:
    """Keep the file that was made, as whoever asked for it; from here on its time runs.

    :raises ValidationError: where they would have taken too many rows in a day.
    """
    require(by, ASK)
    _require_own(run, by)
    now = clock.now()
    recording.hold(User, by.user_id)  # two files at once would each find the budget whole
    before = rows_made(by, since=now - rules.BUDGET_OVER)
    rules.check_budget(file.rows, before=before, most=settings.EXPORT_ROWS_PER_DAY)
    values = {
        "state": ExportState.READY,
        "built_at": now,
        "expires_at": now + rules.KEPT_FOR,
        "rows": file.rows,
        "size": file.size,
        "sha256": file.sha256,
        "stored_name": file.stored_name,
        "salt": file.salt,
    }
    reads.note_figures(held, by=by, name=f"{run.collection}, run {run.pk}")
    told = f"{file.rows} rows of {run.collection} as {run.format}, SHA-256 {file.sha256}"
    return recording.settle(run, values, by=by, act="exported", reason=told)


@transaction.atomic
def give_up(run: ExportRun, *, by: AnyActor, why: str) -> ExportRun:
    """Note that a file could not be made, and why."""
    require(by, Act.KEEP_USERS)
    values = {"state": ExportState.FAILED, "decision_reason": why[:LONGEST_REASON]}
    return recording.settle(run, values, by=by, act="gave up an export", reason=why)


@transaction.atomic
def take(run: ExportRun, *, by: AnyActor) -> ExportRun:
    """Count that a file is taken, by whoever asked for it; call it before it is handed out.

    :raises ValidationError: where it is not there yet, or no longer.
    """
    require(by, ASK)
    _require_own(run, by)
    rules.check_there(run.state, run.expires_at, run.downloads, at=clock.now())
    values = {"downloads": run.downloads + 1}
    return recording.settle(run, values, by=by, act="downloaded")


@transaction.atomic
def purge(run: ExportRun, *, by: AnyActor) -> ExportRun:
    """Take a file away for good: its key goes with it, so that no copy is read again."""
    require(by, Act.KEEP_USERS)
    values = {"state": ExportState.OVER, "stored_name": "", "salt": ""}
    stored_name = run.stored_name
    gone = recording.settle(run, values, by=by, act="purged an export")
    transaction.on_commit(lambda: default_storage.delete(stored_name))
    return gone


def _decidable(run: ExportRun, *, by: AnyActor, version: int | None) -> None:
    recording.require_own(by, run)
    recording.compare(run, version)
    if run.recorded_by_id is not None and run.recorded_by_id == by.user_id:
        message = _("A second person decides: this was asked for by you.")
        raise ValidationError(message, code="own")
    rules.check_open(run.state)


def _require_own(run: ExportRun, by: AnyActor) -> None:
    if by.user_id is None or run.recorded_by_id != by.user_id:
        message = _("Only whoever asked for a file takes it.")
        raise PermissionDenied(message)
