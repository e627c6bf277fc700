"""Reports, the statements they relay, speakers and citations."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Citation, Organisation, QualityFlag, SourceReport, Speaker, Statement
from cases.rules import reports

RECORD = Act.RECORD_REPORTS


def record(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> SourceReport:
    """Record a published report."""
    return recording.add(SourceReport, by=by, act=RECORD, organisation=organisation, **fields)


def amend(
    report: SourceReport, *, by: AnyActor, version: int | None, **changes: Any
) -> SourceReport:
    """Change the details of a report."""
    return recording.amend(report, by=by, act=RECORD, version=version, **changes)


def flag(
    *, by: AnyActor, report: SourceReport, organisation: Organisation | None = None, **fields: Any
) -> QualityFlag:
    """Mark a weakness of a report."""
    require(by, RECORD)
    recording.require_own(by, report)
    return recording.add(
        QualityFlag, by=by, act=RECORD, organisation=organisation, report=report, **fields
    )


def amend_flag(
    mark: QualityFlag, *, by: AnyActor, version: int | None, **changes: Any
) -> QualityFlag:
    """Mend a flag."""
    return recording.amend(mark, by=by, act=RECORD, version=version, **changes)


@transaction.atomic
def make_statement(
    *,
    by: AnyActor,
    organisation: Organisation | None = None,
    speakers: Sequence[Mapping[str, Any]] = (),
    **fields: Any,
) -> Statement:
    """Record an utterance and those who made it.

    ``speakers`` are mappings of ``official``, ``body`` or ``contact``.

    :raises ValidationError: where the attribution and the speakers do not fit.
    """
    require(by, RECORD)
    reports.check_speakers(fields.get("attribution", ""), len(speakers))
    statement = recording.add(Statement, by=by, act=RECORD, organisation=organisation, **fields)
    for speaker in speakers:
        recording.add(
            Speaker, by=by, act=RECORD, organisation=organisation, statement=statement, **speaker
        )
    return statement


@transaction.atomic
def amend_statement(
    statement: Statement, *, by: AnyActor, version: int | None, **changes: Any
) -> Statement:
    """Change a statement; its speakers stay."""
    require(by, RECORD)
    recording.hold(Statement, statement.pk)
    if "attribution" in changes:
        reports.check_speakers(changes["attribution"], statement.speakers.count())
    return recording.amend(statement, by=by, act=RECORD, version=version, **changes)


@transaction.atomic
def add_speaker(
    *, by: AnyActor, statement: Statement, organisation: Organisation | None = None, **fields: Any
) -> Speaker:
    """Add one of those who made a statement."""
    require(by, RECORD)
    recording.require_own(by, statement)
    recording.hold(Statement, statement.pk)
    reports.check_speakers(statement.attribution, statement.speakers.count() + 1)
    return recording.add(
        Speaker, by=by, act=RECORD, organisation=organisation, statement=statement, **fields
    )


def amend_speaker(
    speaker: Speaker, *, by: AnyActor, version: int | None, **changes: Any
) -> Speaker:
    """Mend who spoke."""
    return recording.amend(speaker, by=by, act=RECORD, version=version, **changes)


def cite(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Citation:
    """Record that a report relays a statement."""
    return recording.add(Citation, by=by, act=RECORD, organisation=organisation, **fields)


def amend_citation(
    citation: Citation, *, by: AnyActor, version: int | None, **changes: Any
) -> Citation:
    """Mend a citation."""
    return recording.amend(citation, by=by, act=RECORD, version=version, **changes)
