"""The figures an organisation adopts."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import assessments
from cases.admin.base import ActionAdmin
from cases.admin.choosers import ManyChooser
from cases.admin.columns import Column, day, shortened
from cases.admin.deeds import Deed
from cases.admin.forms import ActionForm
from cases.admin.panels import Panel
from cases.admin.reading import GatedAdmin
from cases.admin.widgets import badge
from cases.models import Assessment, AssessmentBasis
from cases.rules.counts import Interval
from cases.rules.dates import in_words


class AssessmentAddForm(ActionForm):
    adopts = ManyChooser(
        AssessmentBasis.count,
        gettext_lazy("Claims it rests on"),
        gettext_lazy("Claims about the same population."),
    )


def approval(record: Any) -> Any:
    """Show whether a figure is adopted."""
    return badge(_("Adopted"), "good") if record.approved_at else badge(_("Proposed"), "warn")


def approved(record: Any) -> str:
    """Say why an approval is closed."""
    return _("It is approved already.") if record.approved_at else ""


@admin.register(Assessment)
class AssessmentAdmin(ActionAdmin[Assessment]):
    read_act = Act.READ_CASES
    keep_act = Act.RECORD_COUNTS
    add_form = AssessmentAddForm
    add_action = staticmethod(assessments.assess)
    amend_action = staticmethod(assessments.amend)
    list_display = (
        "population",
        "low",
        "high",
        day("as_of", gettext_lazy("as of")),
        Column(
            "standing",
            gettext_lazy("standing"),
            approval,
            order="approved_at",
            needs=("approved_at",),
        ),
        shortened("method", gettext_lazy("method")),
    )
    list_filter = (("population", admin.RelatedOnlyFieldListFilter),)
    linked = ("population",)
    search_fields = ("population__title", "method")
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("population", ("low", "high"), "method")}),
        (gettext_lazy("When it is about"), {"fields": ("as_of_edtf", "as_of_as_stated")}),
    )
    add_fieldsets = (
        (None, {"fields": ("population", ("low", "high"), "adopts", "method")}),
        (gettext_lazy("When it is about"), {"fields": ("as_of_edtf", "as_of_as_stated")}),
    )
    panels = (Panel(gettext_lazy("Claims it rests on"), AssessmentBasis, "assessment"),)
    deeds = (
        Deed(
            name="approve",
            label=gettext_lazy("Approve"),
            intro=gettext_lazy("The figure is adopted by your organisation from now on."),
            act=Act.REVIEW_COUNTS,
            do=assessments.approve,
            closed=approved,
        ),
    )

    def describe(self, record: Assessment) -> str:
        when = in_words(record.as_of_edtf)
        interval = Interval(record.low, record.high)
        return _("%(interval)s, as of %(day)s") % {"interval": interval, "day": when}


@admin.register(AssessmentBasis)
class AssessmentBasisAdmin(GatedAdmin[AssessmentBasis]):
    read_act = Act.READ_CASES
    list_display = ("assessment", "count")
    list_filter = (("assessment__population", admin.RelatedOnlyFieldListFilter),)
    linked = ("assessment", "count")
    search_fields = ("count__stated_text", "assessment__method")
    ordering = ("recorded_at",)
    fieldsets = ((None, {"fields": ("assessment", "count")}),)

    def describe(self, record: AssessmentBasis) -> str:
        return f"{record.count} – {record.count.statement}"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("count__statement")
