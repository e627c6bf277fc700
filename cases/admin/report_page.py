"""The page of a report: an extraction desk."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.admin import in_place, masking, report_forms
from cases.admin.deeds import buttons
from cases.admin.in_place import Opened
from cases.admin.report_texts import ReportTextAdmin
from cases.models import SourceReport
from cases.queries import report_desk, report_texts
from cases.queries.report_texts import Kept
from cases.rules.dates import in_words
from cases.vocabulary.reports import QualityFlagKind, TextFault

_FLAGS = {
    TextFault.UNDATED: QualityFlagKind.UNDATED,
    TextFault.RELATIVE_DATE: QualityFlagKind.RELATIVE_DATE,
    TextFault.PLACEHOLDER: QualityFlagKind.PLACEHOLDER_CITATION,
    TextFault.SUBGROUP: QualityFlagKind.SELF_CONTRADICTION,
    TextFault.WEEKDAY: QualityFlagKind.SELF_CONTRADICTION,
    TextFault.SPELLING: QualityFlagKind.VARIANT_SPELLING,
}
"""The flag under which a reader of the figures learns of a fault."""


def context_of(request: HttpRequest, report: SourceReport, opened: Opened | None) -> dict[str, Any]:
    """Gather what the page of a report shows."""
    kept = report_texts.of(report)
    desk = report_desk.of(report)
    may_record = report_forms.may_record(report)
    flagged = {flag.kind for flag in desk.flags}
    locator = report_forms.locator_of(request)
    return {
        "title": report.title,
        "original": report,
        "published": in_words(report.published_edtf) if report.published_edtf else _("undated"),
        "desk": desk,
        "kept": kept,
        "holder": _holder(kept),
        "warnings": list(_warnings(report, kept, flagged, may_record=may_record)),
        "steps": list(_steps(request, kept)) if may_record else [],
        "may_record": may_record,
        "opened": opened,
        "tabs": report_forms.tabs(report, opened, locator) if may_record else [],
        "candidates": report_forms.candidates(request, report, opened),
        "chosen_paragraph": int(locator) if locator else 0,
        "for_paragraph": opened.name if opened and opened.name == "cite" else "statement",
        "media": opened.media if opened else "",
        "keep_text": report_forms.address(report, "keep_text"),
    }


def _holder(kept: Kept | None) -> str:
    """Say in whose hands the text is, or why it is set aside."""
    if kept is None:
        return ""
    reason = masking.value(kept.row, "set_aside_reason", "")
    taker = masking.value(kept.row, "taken_by")
    if reason:
        return _("Set aside: %(reason)s") % {"reason": reason}
    return f"{kept.state.label}: {taker}" if taker else ""


def _warnings(
    report: SourceReport, kept: Kept | None, flagged: set[QualityFlagKind], *, may_record: bool
) -> Iterable[dict[str, Any]]:
    """Give each warning with the flag that it may deserve, unless the report has it."""
    for warning in kept.warnings if kept else ():
        flag = _FLAGS[warning.kind]
        is_offered = may_record and flag not in flagged
        url = report_forms.address(report, "flag", kind=flag.value) if is_offered else ""
        yield {"warning": warning, "flag": flag.label, "flag_url": url}


def _steps(request: HttpRequest, kept: Kept | None) -> Iterable[dict[str, Any]]:
    """Give the acts on the text that are open: a button, or a link to a form that asks more."""
    if kept is None:
        return
    for button, deed in zip(
        buttons(ReportTextAdmin.deeds, kept.row), ReportTextAdmin.deeds, strict=True
    ):
        if not button.reason:
            is_button = deed.name in report_forms.IN_ONE_STEP
            form = in_place.unsent(request, kept.row, deed.name) if is_button else None
            url = report_forms.address(kept.row.report, deed.name)
            yield {"label": deed.label, "url": url, "form": form}
