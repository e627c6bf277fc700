"""How long cases are kept, legal holds, and records that are anonymised for good."""

from typing import Any

from django import forms
from django.contrib import admin

from cases.access.roles import Act
from cases.actions import retention
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, state
from cases.admin.deeds import Deed
from cases.admin.exclusions import LiftForm, lifted
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Anonymisation, LegalHold, RetentionPeriod
from cases.vocabulary.retention import AnonymisationState


class CarryOutForm(DeedForm):
    case_number = forms.CharField(
        max_length=20, help_text="Type the number of this case once more. This cannot be undone."
    )


def standing(hold: Any) -> Any:
    """Show whether a hold stands."""
    words = f"{hold.until:%-d %B %Y}"
    return badge(f"Until {words}", "warn") if hold.is_live else badge("Over", "plain")


def decided(proposal: Any) -> str:
    """Say why there is nothing to decide."""
    is_open = proposal.state == AnonymisationState.PROPOSED
    return "" if is_open else "This was decided already."


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
        words = f"{record.get_purpose_display()}, {record.get_work_status_display().lower()}"
        return f"{words}: {record.days:,} days"


@admin.register(LegalHold)
class LegalHoldAdmin(ActionAdmin[LegalHold]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_RETENTION
    add_action = staticmethod(retention.hold)
    list_display = (
        "individual",
        Column("standing", standing, order="until", needs=("until", "lifted_at")),
    )
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "until", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="lift",
            label="Lift",
            intro="The clock decides again.",
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
    list_display = ("individual", state("state"), "reason", "recorded_at", "decided_at")
    list_filter = ("state",)
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="carry-out",
            label="Anonymise for good",
            intro=(
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
            label="Leave as it is",
            intro="The record stays; it can be proposed again.",
            act=Act.KEEP_CASES,
            do=retention.drop,
            closed=decided,
        ),
    )
