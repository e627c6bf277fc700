"""Whom a case is kept from."""

from typing import Any

from django import forms
from django.contrib import admin

from cases.access.roles import Act
from cases.actions import consents
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Exclusion

LONGEST_REASON = 500


class LiftForm(DeedForm):
    reason = forms.CharField(max_length=LONGEST_REASON, help_text="Why; kept on record.")


def kept_out(exclusion: Any) -> Any:
    """Show whether somebody is kept out."""
    return badge("Kept out", "warn") if exclusion.is_live else badge("Lifted", "plain")


def lifted(row: Any) -> str:
    """Say why there is nothing to lift."""
    return "It is lifted already." if row.lifted_at else ""


@admin.register(Exclusion)
class ExclusionAdmin(ActionAdmin[Exclusion]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES
    add_action = staticmethod(consents.exclude)
    list_display = (
        "individual",
        Column("standing", kept_out, order="lifted_at", needs=("lifted_at",)),
    )
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "excluded", "body", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="lift",
            label="Lift",
            intro="They may learn of the person again. Nothing is opened by it.",
            act=Act.SHARE_CASES,
            do=consents.lift,
            form=LiftForm,
            closed=lifted,
        ),
    )
