"""The page of a report: an extraction desk."""

from typing import Any

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links
from cases.models import Citation, QualityFlag, ReportedCount, SourceReport, Speaker, Statement
from cases.queries import report_desk
from cases.rules.dates import in_words


def context_of(report: SourceReport) -> dict[str, Any]:
    """Gather what the page of a report shows."""
    is_own = report.organisation_id == current_actor().organisation_id
    may_record = is_own and can(current_actor(), Act.RECORD_REPORTS)
    return {
        "title": report.title,
        "original": report,
        "published": in_words(report.published_edtf) if report.published_edtf else "undated",
        "desk": report_desk.of(report),
        "may_record": may_record,
        "add_statement": links.add_to(Statement, report=report.pk),
        "add_citation": links.add_to(Citation, report=report.pk),
        "add_flag": links.add_to(QualityFlag, report=report.pk),
        "add_speaker": links.add_to(Speaker),
        "add_count": links.add_to(ReportedCount),
    }
