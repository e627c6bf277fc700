"""Reports, their flags, the statements they relay, speakers and citations."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import reports
from cases.admin import links, report_forms
from cases.admin.base import ActionAdmin
from cases.admin.choosers import Chooser, ManyChooser
from cases.admin.columns import day, shortened, state
from cases.admin.forms import ActionForm
from cases.admin.panels import Panel
from cases.admin.report_page import context_of
from cases.admin.report_texts import KEEP
from cases.models import (
    Citation,
    DiscrepancyMember,
    Mediation,
    Position,
    QualityFlag,
    ReportedCount,
    SourceReport,
    Speaker,
    Statement,
)
from cases.queries.claims import speaker_label
from cases.vocabulary.reports import Credibility


class ReportAdmin(ActionAdmin[Any]):
    """What all evidence has in common."""

    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_REPORTS


@admin.register(SourceReport)
class SourceReportAdmin(ReportAdmin):
    has_page = True
    add_action = staticmethod(reports.record)
    amend_action = staticmethod(reports.amend)
    list_display = (
        "code",
        "title",
        "publisher",
        day("published", gettext_lazy("published")),
        state("reliability", gettext_lazy("reliability")),
        "kind",
    )
    list_filter = ("kind", "reliability", "published_basis", "flags__kind", "language")
    search_fields = ("code", "title", "publisher__names__search_key", "publisher__name")
    search_help_text = gettext_lazy("A reference, a title, or a publisher in any spelling.")
    ordering = ("code",)
    fieldsets = (
        (None, {"fields": ("code", "title", "publisher", ("kind", "language"))}),
        (
            gettext_lazy("When it appeared"),
            {"fields": ("published_edtf", "published_as_stated", "published_basis")},
        ),
        (gettext_lazy("Where it is"), {"fields": ("url", "archived_sha256")}),
        (
            gettext_lazy("How far to trust it"),
            {"fields": ("reliability", "derivative_of", "remarks")},
        ),
    )

    deeds = (KEEP,)

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the desk; carry out the form that stands open on it, if it was sent."""
        record = self.reachable(request, pk)
        opened = report_forms.opened(request, record)
        if opened and opened.is_done:
            messages.success(request, _("%(act)s: done.") % {"act": opened.title})
            return HttpResponseRedirect(report_forms.after(record, opened))
        context = context_of(request, record, opened)
        return self.rendered(request, "admin/report_page.html", context)


@admin.register(QualityFlag)
class QualityFlagAdmin(ReportAdmin):
    add_action = staticmethod(reports.flag)
    amend_action = staticmethod(reports.amend_flag)
    list_display = (state("kind", gettext_lazy("kind")), "report", "remarks")
    list_filter = ("kind",)
    linked = ("report",)
    search_fields = ("report__code", "report__title", "remarks")
    ordering = ("report__code", "kind")
    fieldsets = ((None, {"fields": ("report", "kind", "remarks")}),)
    fixed = ("report",)
    parent = "report"


class StatementAddForm(ActionForm):
    officials = ManyChooser(
        Speaker.official, gettext_lazy("Officials who spoke"), gettext_lazy("None, one or several.")
    )
    bodies = ManyChooser(
        Speaker.body,
        gettext_lazy("Bodies that spoke"),
        gettext_lazy("Where no official is named: a body, or several jointly."),
    )
    contact = Chooser(
        Speaker.contact,
        gettext_lazy("Private contact who spoke"),
        gettext_lazy("Shown to cleared staff only."),
    )
    report = Chooser(
        Citation.report,
        gettext_lazy("Stands in report"),
        gettext_lazy("The report that relays the statement."),
    )
    relayed_via = Chooser(
        Citation.relayed_via,
        gettext_lazy("Relayed via"),
        gettext_lazy("The agency or outlet the report had it from."),
    )
    locator = forms.CharField(
        label=gettext_lazy("Locator"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Where it stands, such as “paragraph 3”."),
    )


@transaction.atomic
def make_statement(*, by: Any, report: Any, relayed_via: Any, locator: str, **given: Any) -> Any:
    """Record a statement together with its speakers and the report it was read in."""
    speakers = [
        *({"official": official} for official in given.pop("officials")),
        *({"body": body} for body in given.pop("bodies")),
    ]
    if (contact := given.pop("contact")) is not None:
        speakers.append({"contact": contact})
    statement = reports.make_statement(by=by, speakers=speakers, **given)
    if report is not None:
        reports.cite(
            by=by,
            statement=statement,
            report=report,
            relayed_via=relayed_via,
            locator=locator,
            credibility=Credibility.UNJUDGED,
        )
    return statement


@admin.register(Statement)
class StatementAdmin(ReportAdmin):
    add_form = StatementAddForm
    add_action = staticmethod(make_statement)
    amend_action = staticmethod(reports.amend_statement)
    list_display = (
        "code",
        shortened("summary", gettext_lazy("summary")),
        "attribution",
        state("modality", gettext_lazy("modality")),
        day("said", gettext_lazy("said")),
        "source_term",
    )
    list_filter = ("modality", "attribution", "channel")
    linked = ("citations__report",)
    search_fields = (
        "code",
        "summary",
        "source_term",
        "speakers__official__names__search_key",
        "speakers__body__names__search_key",
    )
    search_help_text = gettext_lazy(
        "A reference, a word of the summary, or a speaker in any spelling."
    )
    ordering = ("code",)
    fieldsets = (
        (None, {"fields": ("code", "summary", "source_term", "rests_on")}),
        (gettext_lazy("How it was said"), {"fields": ("attribution", "modality", "channel")}),
        (gettext_lazy("When it was said"), {"fields": ("said_edtf", "said_as_stated")}),
    )
    add_fieldsets = (
        (None, {"fields": ("code", "summary", "source_term", "rests_on")}),
        (gettext_lazy("Who spoke"), {"fields": ("attribution", "officials", "bodies", "contact")}),
        (gettext_lazy("How it was said"), {"fields": ("modality", "channel")}),
        (gettext_lazy("When it was said"), {"fields": ("said_edtf", "said_as_stated")}),
        (gettext_lazy("Where we read it"), {"fields": ("report", "relayed_via", "locator")}),
    )
    panels = (
        Panel(gettext_lazy("Speakers"), Speaker, "statement"),
        Panel(gettext_lazy("Reports that relay it"), Citation, "statement"),
        Panel(gettext_lazy("Figures it gives"), ReportedCount, "statement"),
        Panel(gettext_lazy("Positions it states"), Position, "statement"),
        Panel(gettext_lazy("Parts in returns it credits"), Mediation, "statement"),
        Panel(gettext_lazy("Discrepancies"), DiscrepancyMember, "statement"),
    )

    def home_of(self, record: Any) -> str | None:
        first = Citation.objects.filter(statement=record.pk).order_by("recorded_at", "pk").first()
        return None if first is None else f"{links.url_of(first.report)}#statement-{record.pk}"


@admin.register(Speaker)
class SpeakerAdmin(ReportAdmin):
    add_action = staticmethod(reports.add_speaker)
    amend_action = staticmethod(reports.amend_speaker)
    list_display = ("__str__", "statement", "official", "body")
    linked = ("statement", "official", "body")
    search_fields = (
        "statement__code",
        "official__names__search_key",
        "body__names__search_key",
    )
    list_filter = (("body", admin.RelatedOnlyFieldListFilter),)
    ordering = ("statement__code",)
    fieldsets = ((None, {"fields": ("statement", "official", "body", "contact")}),)
    fixed = ("statement",)
    parent = "statement"

    def describe(self, record: Speaker) -> str:
        return speaker_label(record)

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("official", "body", "contact")


@admin.register(Citation)
class CitationAdmin(ReportAdmin):
    add_action = staticmethod(reports.cite)
    amend_action = staticmethod(reports.amend_citation)
    list_display = (
        "statement",
        "report",
        "relayed_via",
        "locator",
        state("credibility", gettext_lazy("credibility")),
    )
    list_filter = ("credibility", ("report", admin.RelatedOnlyFieldListFilter))
    linked = ("statement", "report")
    search_fields = ("statement__code", "statement__summary", "report__code", "report__title")
    ordering = ("report__code", "statement__code")
    fieldsets = ((None, {"fields": ("report", "statement", "relayed_via", "locator",
                                    "credibility")}),)  # fmt: skip
    fixed = ("report", "statement")
    parent = "report"

    def describe(self, record: Citation) -> str:
        where = f", {record.locator}" if record.locator else ""
        return f"{record.report}{where}"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("report")
