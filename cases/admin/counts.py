"""Populations, figures, and how figures relate."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import counts
from cases.admin import links
from cases.admin.base import Action, ActionAdmin
from cases.admin.columns import Column, day, shortened, state
from cases.admin.count_page import context_of
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.panels import Panel
from cases.models import (
    Assessment,
    Assistance,
    Citation,
    CountLink,
    Negotiation,
    OutstandingCount,
    Population,
    ReportedCount,
)
from cases.rules.dates import in_words
from cases.vocabulary.counts import CountState

_NEW_READING = (
    "stated_text",
    "stated_value",
    "qualifier",
    "low",
    "high",
    "is_estimate",
    "measure",
    "measure_remarks",
    "unit",
    "as_of_edtf",
    "as_of_as_stated",
)
_ENDED = (CountState.SUPERSEDED, CountState.RETRACTED)


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Why the figure is withdrawn; it is kept beside the figure and in the trail."
        ),
    )


def ended(count: Any) -> str:
    """Say why a figure can no longer be changed."""
    if count.state not in _ENDED:
        return ""
    state = str(CountState(count.state).label).lower()
    return _("The figure is %(state)s already.") % {"state": state}


def not_to_verify(count: Any) -> str:
    """Say why a figure cannot be verified."""
    return _("It is verified already.") if count.state == CountState.VERIFIED else ended(count)


def bounds_in_words(count: Any) -> str:
    """Show the bounds of a figure."""
    return str(count.interval)


@admin.register(Population)
class PopulationAdmin(ActionAdmin[Population]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_action = staticmethod(counts.define_population)
    amend_action = staticmethod(counts.amend_population)
    list_display = (
        "title",
        state("category", gettext_lazy("category")),
        "in_scope",
        shortened("definition", gettext_lazy("definition")),
    )
    list_filter = ("category", "in_scope")
    linked = ("subset_of", "leaves")
    search_fields = ("title", "code", "definition")
    ordering = ("title",)
    fieldsets = (
        (None, {"fields": ("title", "code", "category", "definition", "in_scope")}),
        (
            gettext_lazy("Where and by whom"),
            {"fields": ("origin_place", "location_place", "holding_body")},
        ),
        (gettext_lazy("Beside other populations"), {"fields": ("subset_of", "leaves")}),
    )
    panels = (
        Panel(gettext_lazy("Figures"), ReportedCount, "population"),
        Panel(gettext_lazy("Adopted figures"), Assessment, "population"),
        Panel(gettext_lazy("Parts of it"), Population, "subset_of"),
        Panel(gettext_lazy("Talks about it"), Negotiation, "population"),
        Panel(gettext_lazy("Help"), Assistance, "population"),
    )


@admin.register(ReportedCount)
class ReportedCountAdmin(ActionAdmin[Any]):
    has_page = True
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_action: ClassVar[Action | None] = staticmethod(counts.report)
    list_display = (
        "stated_text",
        Column(
            "bounds", gettext_lazy("bounds"), bounds_in_words, order="low", needs=("low", "high")
        ),
        "population",
        state("measure", gettext_lazy("measure")),
        day("as_of", gettext_lazy("as of")),
        "statement",
        state("state", gettext_lazy("state")),
    )
    list_filter = (
        "state",
        "measure",
        "qualifier",
        "unit",
        "is_estimate",
        ("population", admin.RelatedOnlyFieldListFilter),
    )
    linked = ("statement", "population", "batch", "part_of", "supersedes")
    search_fields = (
        "stated_text",
        "population__title",
        "statement__code",
        "statement__speakers__official__names__search_key",
        "statement__speakers__body__names__search_key",
    )
    search_help_text = gettext_lazy(
        "The figure as stated, a population, or a speaker in any spelling."
    )
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("statement", "population", "batch")}),
        (
            gettext_lazy("The figure"),
            {
                "fields": (
                    "stated_text",
                    ("stated_value", "qualifier"),
                    ("low", "high"),
                    ("unit", "is_estimate"),
                )
            },
        ),
        (
            gettext_lazy("What it measures"),
            {"fields": ("measure", "measure_remarks", "as_of_edtf", "as_of_as_stated")},
        ),
        (gettext_lazy("A subgroup"), {"fields": ("part_of", ("dimension", "label"))}),
        (gettext_lazy("Who may read it"), {"fields": ("is_published",)}),
    )
    deeds: ClassVar[tuple[Deed, ...]] = (
        Deed(
            name="verify",
            label=gettext_lazy("Verify"),
            intro=gettext_lazy("You confirm, as a second reader, that the source says so."),
            act=Act.REVIEW_COUNTS,
            do=counts.verify,
            closed=not_to_verify,
        ),
        Deed(
            name="supersede",
            label=gettext_lazy("Replace by a better reading"),
            intro=gettext_lazy("The figure is kept as it was; the new one takes its place."),
            act=Act.RECORD_COUNTS,
            do=counts.supersede,
            source=ReportedCount,
            fields=_NEW_READING,
            takes_over=True,
            closed=ended,
        ),
        Deed(
            name="retract",
            label=gettext_lazy("Retract"),
            intro=gettext_lazy(
                "The figure stays readable, with your reason, and counts no longer."
            ),
            act=Act.RECORD_COUNTS,
            do=counts.retract,
            form=ReasonForm,
            closed=ended,
        ),
    )

    def describe(self, record: Any) -> str:
        if not record.as_of_edtf:
            return f"{record.stated_text} – {record.population}"
        return _("%(figure)s – %(population)s, as of %(day)s") % {
            "figure": record.stated_text,
            "population": record.population,
            "day": in_words(record.as_of_edtf),
        }

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("population")

    def page_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        record = self.reachable(request, pk)
        context = context_of(record, self.deeds, self.admin_site, request)
        return self.rendered(request, "admin/count_page.html", context)

    def home_of(self, record: Any) -> str | None:
        first = Citation.objects.filter(statement=record.statement_id).order_by("recorded_at", "pk")
        report = first.first()
        if report is None:
            return links.url_of(record)
        return f"{links.url_of(report.report)}#statement-{record.statement_id}"


@admin.register(OutstandingCount)
class OutstandingCountAdmin(ReportedCountAdmin):
    has_page = False
    add_action = None
    deeds = ()


@admin.register(CountLink)
class CountLinkAdmin(ActionAdmin[CountLink]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_action = staticmethod(counts.link)
    amend_action = staticmethod(counts.amend_link)
    list_display = ("from_count", state("kind", gettext_lazy("kind")), "to_count", "remarks")
    list_filter = ("kind",)
    linked = ("from_count", "to_count")
    search_fields = ("from_count__stated_text", "to_count__stated_text", "remarks")
    ordering = ("recorded_at",)
    fieldsets = (
        (None, {"fields": ("from_count", "kind", "to_count", "remarks")}),
        (gettext_lazy("Who may read it"), {"fields": ("is_published",)}),
    )
    fixed = ("from_count", "to_count")
    parent = "from_count"

    def describe(self, record: CountLink) -> str:
        return f"{record.from_count} {record.get_kind_display()} {record.to_count}"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("from_count", "to_count")
