"""Whom a case is kept from."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _, gettext_lazy

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
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Why; kept on record."),
    )


def kept_out(exclusion: Any) -> Any:
    """Show whether somebody is kept out."""
    return badge(_("Kept out"), "warn") if exclusion.is_live else badge(_("Lifted"), "plain")


def lifted(row: Any) -> str:
    """Say why there is nothing to lift."""
    return _("It is lifted already.") if row.lifted_at else ""


@admin.register(Exclusion)
class ExclusionAdmin(ActionAdmin[Exclusion]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES
    add_action = staticmethod(consents.exclude)
    list_display = (
        "individual",
        Column(
            "standing", gettext_lazy("standing"), kept_out, order="lifted_at", needs=("lifted_at",)
        ),
    )
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("individual", "excluded", "body", "reason")}),)
    parent = "individual"
    deeds = (
        Deed(
            name="lift",
            label=gettext_lazy("Lift"),
            intro=gettext_lazy("They may learn of the person again. Nothing is opened by it."),
            act=Act.SHARE_CASES,
            do=consents.lift,
            form=LiftForm,
            closed=lifted,
        ),
    )
