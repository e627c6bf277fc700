"""Texts of reports: what stands in one, what a program notices in it, and which ones wait."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.utils.translation import gettext as _

from cases.models import Citation, ReportText, SourceReport
from cases.queries.attachments import File, content_of
from cases.queries.claims import ReportRef, report_ref
from cases.rules import text_warnings
from cases.rules.attachments import file_name
from cases.rules.digesting import WAITING
from cases.rules.report_texts import Paragraph, TextWarning, paragraphs
from cases.vocabulary.attachments import MediaType
from cases.vocabulary.reports import DigestState


@dataclass(frozen=True)
class Kept:
    """The text of one report as its desk shows it; no paragraphs for who may not read them."""

    row: ReportText
    is_readable: bool
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[TextWarning, ...]

    @property
    def state(self) -> DigestState:
        return DigestState(self.row.digest_state)

    def faults_of(self, number: int) -> tuple[TextWarning, ...]:
        return tuple(warning for warning in self.warnings if warning.paragraph == number)


@dataclass(frozen=True)
class Waiting:
    """A text in the queue."""

    id: UUID
    report: ReportRef
    state: DigestState
    taken_by: str
    statements: int
    kept_at: datetime


def of(report: SourceReport) -> Kept | None:
    """Read the text of a report; None where there is none within reach."""
    row = ReportText.objects.filter(report=report).prefetch_related("taken_by").first()
    if row is None:
        return None
    if "text" in row.unread_fields():
        return Kept(row, is_readable=False, paragraphs=(), warnings=())
    return Kept(row, True, paragraphs(row.text), warnings_of(row, report))  # noqa: FBT003


def warnings_of(row: ReportText, report: SourceReport) -> tuple[TextWarning, ...]:
    """List what a program notices in a text.

    :raises PermissionDenied: for a reader who is not cleared for texts.
    """
    if "text" in row.unread_fields():
        message = _("You may not read the texts of reports.")
        raise PermissionDenied(message)
    published: date | None = report.published_latest  # type: ignore[attr-defined]
    return text_warnings.of(row.text, published=published)


def queue(most: int) -> list[Waiting]:
    """List the texts that wait or are in somebody's hands, the oldest first."""
    rows = ReportText.objects.filter(digest_state__in=WAITING).defer("text")
    found = list(
        rows.prefetch_related("report__publisher", "taken_by").order_by("recorded_at", "pk")[:most]
    )
    numbers = dict(
        Citation.objects.filter(report__in=[row.report_id for row in found])
        .order_by()
        .values_list("report")
        .annotate(number=Count("pk"))
    )
    return [_waiting(row, numbers.get(row.report_id, 0)) for row in found]


def _waiting(row: ReportText, statements: int) -> Waiting:
    is_told = "taken_by" not in row.unread_fields()
    taker = row.taken_by if is_told else None
    return Waiting(
        id=row.pk,
        report=report_ref(row.report),
        state=DigestState(row.digest_state),
        taken_by=str(taker) if taker else "",
        statements=statements,
        kept_at=row.recorded_at,
    )


def file_of(row: ReportText) -> File:
    """Give what was archived, to be saved.

    :raises PermissionDenied: for a reader who is not cleared for texts.
    :raises Damaged: where a document is missing, or not what was recorded.
    """
    if "text" in row.unread_fields() or "stored_name" in row.unread_fields():
        message = _("You may not read the texts of reports.")
        raise PermissionDenied(message)
    content = content_of(row) if row.media_type == MediaType.PDF else row.text.encode()
    return File(content, row.media_type, file_name(row.report.code, row.media_type))
