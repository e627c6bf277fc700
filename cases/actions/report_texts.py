"""Texts of reports: kept as evidence, replaced, taken in hand, digested or set aside."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import attachments, recording
from cases.models import Organisation, ReportText, SourceReport
from cases.rules import digesting, report_texts
from cases.rules.report_texts import CheckedReport
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.reports import DigestState

RECORD = Act.RECORD_REPORTS
_WITH_SOMEBODY = frozenset({DigestState.IN_HAND, DigestState.DIGESTED})


@dataclass(frozen=True)
class TakenReport:
    """A report's file that was checked; a PDF document lies stored and waits for its row."""

    file: CheckedReport
    stored_name: str


def taken(content: bytes, *, by: AnyActor, text: str = "") -> AbstractContextManager[TakenReport]:
    """Check a report's file and store it for :func:`keep` or :func:`replace` in the block.

    Enter the block outside the transaction: at the end the file is taken away again unless its
    row was committed.

    :raises ValidationError: for a file that is not taken, saying what is.
    """
    require(by, RECORD)
    return _kept_with_its_row(report_texts.uploaded(content, text))


@contextmanager
def _kept_with_its_row(file: CheckedReport) -> Iterator[TakenReport]:
    if file.media_type != MediaType.PDF:  # the text itself is what is archived
        yield TakenReport(file, "")
        return
    with attachments.stored(file.content) as stored_name:
        yield TakenReport(file, stored_name)


@transaction.atomic
def keep(
    *,
    by: AnyActor,
    report: SourceReport,
    text: str = "",
    upload: TakenReport | None = None,
    names_archive: bool = False,
    organisation: Organisation | None = None,
) -> ReportText:
    """Keep the text of one's own report; it then waits to be digested.

    ``names_archive`` puts the fingerprint of what is archived on the report, where everybody may
    compare it; without it nobody else learns that there is a text.

    :raises ValidationError: where there is no text, or one is kept already.
    """
    require(by, RECORD)
    recording.require_own(by, report)
    kept = recording.add(
        ReportText,
        by=by,
        act=RECORD,
        organisation=organisation or (report.organisation if by.user_id is None else None),
        report=report,
        **_archived(text, upload),
    )
    if names_archive:
        recording.amend(report, by=by, act=RECORD, version=None, archived_sha256=kept.sha256)
    return kept


@transaction.atomic
def replace(
    kept: ReportText,
    *,
    by: AnyActor,
    version: int | None,
    reason: str,
    text: str = "",
    upload: TakenReport | None = None,
) -> ReportText:
    """Put another text in the place of a wrong one; what was archived before is gone.

    :raises ValidationError: without a reason or a text.
    """
    require(by, RECORD)
    recording.require_own(by, kept)
    if not reason.strip():
        raise recording.refusal("reason", _("Say why the text is replaced."), "reason_missing")
    before, stored = kept.sha256, kept.stored_name
    kept = recording.amend(kept, by=by, act=RECORD, version=version, **_archived(text, upload))
    recording.trail(kept, by=by, act="replaced", changed=["text"], reason=reason)
    report = kept.report
    if report.archived_sha256 == before:
        recording.amend(report, by=by, act=RECORD, version=None, archived_sha256=kept.sha256)
    if stored:
        transaction.on_commit(lambda: default_storage.delete(stored))
    return kept


@transaction.atomic
def move(
    kept: ReportText, *, by: AnyActor, version: int | None, to_state: str, reason: str = ""
) -> ReportText:
    """Take a text in hand, hand it back, say that it is digested, or set it aside.

    :raises Conflict: if somebody was quicker.
    :raises ValidationError: where its life has no such step, or a guard says no.
    """
    require(by, RECORD)
    recording.require_own(by, kept)
    recording.compare(kept, version)
    digesting.check_step(kept.digest_state, to_state)
    digesting.check_reason(to_state, reason)
    digesting.check_digested(to_state, statements=kept.report.citations.count())
    changes: dict[str, Any] = {"digest_state": to_state, "set_aside_reason": reason.strip()}
    if to_state == DigestState.IN_HAND:
        changes["taken_by_id"] = by.user_id
    elif to_state not in _WITH_SOMEBODY:
        changes["taken_by_id"] = None
    return recording.amend(kept, by=by, act=RECORD, version=version, **changes)


def _archived(text: str, upload: TakenReport | None) -> dict[str, Any]:
    """Give the columns that say what was archived, of a file or of a text that was pasted."""
    file = upload.file if upload else report_texts.pasted(text)
    return {
        "text": file.text,
        "media_type": file.media_type.value,
        "size": len(file.content),
        "sha256": file.sha256,
        "stored_name": upload.stored_name if upload else "",
    }
