"""The forms of the extraction desk: each opened beside the text, on the page of the report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import in_place, links
from cases.admin.in_place import Opened
from cases.filters import values
from cases.models import (
    Citation,
    CountLink,
    QualityFlag,
    ReportedCount,
    ReportText,
    SourceReport,
    Speaker,
    Statement,
)
from cases.queries import count_candidates
from cases.queries.claims import Claim
from cases.rules.report_texts import Paragraph

ON_TEXT = ("take", "hand_back", "digested", "set_aside", "replace")
"""Acts on the text itself."""
IN_ONE_STEP = ("take", "hand_back", "digested")
"""Those that ask for nothing: a button does them."""
_HIDDEN_IN_COUNT = ("supersedes", "low", "high")


@dataclass(frozen=True)
class Tab:
    """A form that may be opened."""

    name: str
    label: str
    url: str
    is_open: bool


@dataclass(frozen=True)
class Candidate:
    """A figure offered for a link."""

    claim: Claim
    url: str


def opened(request: HttpRequest, report: SourceReport) -> Opened | None:
    """Open the form that the address asks for, if any.

    :raises Http404: for a form there is none of.
    :raises PermissionDenied: for who may not use it.
    """
    name = request.GET.get(in_place.ASKED, "")
    if not name:
        return None
    if name in _FORMS:
        if not may_record(report):
            raise PermissionDenied
        return _FORMS[name](request, report)
    if name == "keep_text":
        return in_place.deed(request, report, name)
    text = ReportText.objects.filter(report=report).first()
    if name not in ON_TEXT or text is None:
        raise Http404
    return in_place.deed(request, text, name)


def may_record(report: SourceReport) -> bool:
    """Say whether whoever acts records what this report says."""
    actor = current_actor()
    return report.organisation_id == actor.organisation_id and can(actor, Act.RECORD_REPORTS)


def tabs(report: SourceReport, now: Opened | None, locator: str) -> list[Tab]:
    """Offer the forms that record something from the text."""
    labels = {
        "statement": _("Statement"),
        "count": _("Figure"),
        "link": _("Link figures"),
        "cite": _("Known statement"),
        "flag": _("Flag"),
    }
    place = {"paragraph": locator} if locator else {}
    return [
        Tab(name, label, address(report, name, **place), bool(now and now.name == name))
        for name, label in labels.items()
    ]


def address(report: SourceReport, name: str, **given: Any) -> str:
    """Address the page of a report with a form open."""
    return links.with_form(report, name, **given)


def after(report: SourceReport, done: Opened) -> str:
    """Say where to go once something is recorded: on to the figures of a new statement."""
    page = links.url_of(report)
    if done.name == "statement":
        return address(report, "count", statement=done.outcome.pk)
    statement = getattr(done.outcome, "statement_id", None)
    if isinstance(done.outcome, CountLink):
        statement = done.outcome.from_count.statement_id
    return f"{page}#statement-{statement}" if statement else page


def candidates(request: HttpRequest, report: SourceReport, now: Opened | None) -> list[Candidate]:
    """Offer figures near the one that is being linked."""
    count = _chosen(request, "count", ReportedCount) if now and now.name == "link" else None
    if count is None:
        return []
    return [
        Candidate(claim, address(report, "link", count=count.pk, to=claim.id))
        for claim in count_candidates.of(count)
    ]


def locator_of(request: HttpRequest) -> str:
    """Give the number of the paragraph that was chosen; nothing for anything else."""
    asked = request.GET.get("paragraph", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 6  # noqa: PLR2004
    return asked if is_number else ""


def _statement(request: HttpRequest, report: SourceReport) -> Opened:
    number = report.citations.count() + 1
    return in_place.addition(
        request,
        Statement,
        name="statement",
        title=_("Record a statement"),
        given={
            "report": report.pk,
            "locator": _place(request),
            "code": f"{report.code.lower()}-{number}",
        },
        hidden=("report",),
    )


def _count(request: HttpRequest, _report: SourceReport) -> Opened:
    statement = _chosen(request, "statement", Statement)
    return in_place.addition(
        request,
        ReportedCount,
        name="count",
        title=_("Record a figure"),
        intro=_("Low and high follow from the qualifier."),
        given={"statement": statement and statement.pk},
        hidden=_HIDDEN_IN_COUNT,
    )


def _link(request: HttpRequest, _report: SourceReport) -> Opened:
    one, other = (_chosen(request, name, ReportedCount) for name in ("count", "to"))
    return in_place.addition(
        request,
        CountLink,
        name="link",
        title=_("Link two figures"),
        intro=_("Search the other figure by its population, its claimant or the number as stated."),
        given={"from_count": one and one.pk, "to_count": other and other.pk},
    )


def _cite(request: HttpRequest, report: SourceReport) -> Opened:
    return in_place.addition(
        request,
        Citation,
        name="cite",
        title=_("Cite a statement that is recorded already"),
        intro=_("Another report relays it too: one origin."),
        given={"report": report.pk, "locator": _place(request)},
        hidden=("report",),
    )


def _flag(request: HttpRequest, report: SourceReport) -> Opened:
    return in_place.addition(
        request,
        QualityFlag,
        name="flag",
        title=_("Flag a weakness of the report"),
        given={"report": report.pk, "kind": request.GET.get("kind", "")},
        hidden=("report",),
    )


def _speaker(request: HttpRequest, _report: SourceReport) -> Opened:
    statement = _chosen(request, "statement", Statement)
    return in_place.addition(
        request,
        Speaker,
        name="speaker",
        title=_("Add a speaker"),
        given={"statement": statement and statement.pk},
    )


_FORMS: dict[str, Callable[[HttpRequest, SourceReport], Opened]] = {
    "statement": _statement,
    "count": _count,
    "link": _link,
    "cite": _cite,
    "flag": _flag,
    "speaker": _speaker,
}


def _place(request: HttpRequest) -> str:
    number = locator_of(request)
    return Paragraph(int(number), "").locator if number else ""


def _chosen(request: HttpRequest, name: str, model: Any) -> Any:
    """Give a row that the address names, if it is within reach."""
    try:
        key = values.key(request.GET.get(name, ""))
    except ValidationError:
        return None
    return model.objects.filter(pk=key).first()
