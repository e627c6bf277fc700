"""How long cases are kept, legal holds, and records that are anonymised for good."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from cases.access.roles import Act
from cases.actions import retention
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, state
from cases.admin.deeds import Deed
from cases.admin.exclusions import LiftForm, lifted
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Anonymisation, LegalHold, RetentionPeriod
from cases.rules.numbers import grouped
from cases.vocabulary.retention import AnonymisationState


class CarryOutForm(DeedForm):
    case_number = forms.CharField(
        label=gettext_lazy("Case number"),
        max_length=20,
        help_text=gettext_lazy("Type the number of this case once more. This cannot be undone."),
    )


def standing(hold: Any) -> Any:
    """Show whether a hold stands."""
    if not hold.is_live:
        return badge(_("Over"), "plain")
    return badge(_("Until %(day)s") % {"day": date_format(hold.until)}, "warn")


def decided(proposal: Any) -> str:
    """Say why there is nothing to decide."""
    is_open = proposal.state == AnonymisationState.PROPOSED
    return "" if is_open else _("This was decided already.")


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(ActionAdmin[RetentionPeriod]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_RETENTION
    add_action = staticmethod(retention.set_period)
    amend_action = staticmethod(retention.amend_period)
    list_display = ("purpose", "work_status", "days")
    list_filter = ("purpose", "work_status")
    search_fields = ("purpose",)
    ordering = ("purpose", "work_status")
    fieldsets = ((None, {"fields": ("purpose", "work_status", "days")}),)
    fixed = ("purpose", "work_status")

    def describe(self, record: Any) -> str:
        words = ngettext(
            "%(purpose)s, %(status)s: %(days)s day",
            "%(purpose)s, %(status)s: %(days)s days",
            record.days,
        )
        return words % {
            "purpose": record.get_purpose_display(),
            "status": record.get_work_status_display().lower(),
            "days": grouped(record.days),
        }


@admin.register(LegalHold)
class LegalHoldAdmin(ActionAdmin[LegalHold]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_RETENTION
    add_action = staticmethod(retention.hold)
    list_display = (
        "individual",
        Column(
            "standing",
            gettext_lazy("standing"),
            standing,
            order="until",
            needs=("until", "lifted_at"),
        ),
    )
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "until", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="lift",
            label=gettext_lazy("Lift"),
            intro=gettext_lazy("The clock decides again."),
            act=Act.KEEP_RETENTION,
            do=retention.lift_hold,
            form=LiftForm,
            closed=lifted,
        ),
    )


@admin.register(Anonymisation)
class AnonymisationAdmin(ActionAdmin[Anonymisation]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES
    add_action = staticmethod(retention.propose)
    list_display = (
        "individual",
        state("state", gettext_lazy("state")),
        "reason",
        "recorded_at",
        "decided_at",
    )
    list_filter = ("state",)
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="carry-out",
            label=gettext_lazy("Anonymise for good"),
            intro=gettext_lazy(
                "Names, contacts, ties, notes, files, birth, places and all free text of this "
                "case are deleted, here and for whoever it is shared with. The case number, the "
                "steps and every figure stay. Nobody can take this back, we neither."
            ),
            act=Act.KEEP_RETENTION,
            do=retention.carry_out,
            form=CarryOutForm,
            closed=decided,
        ),
        Deed(
            name="drop",
            label=gettext_lazy("Leave as it is"),
            intro=gettext_lazy("The record stays; it can be proposed again."),
            act=Act.KEEP_CASES,
            do=retention.drop,
            closed=decided,
        ),
    )
