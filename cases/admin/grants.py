"""Cases shared with another organisation."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import grants
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Grant


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Why; goes into the audit trail."),
    )


def standing(grant: Grant) -> Any:
    """Show whether a grant stands."""
    if grant.revoked_at is not None:
        return badge(_("Revoked"), "bad")
    return badge(_("Stands"), "active") if grant.is_live else badge(_("Expired"), "plain")


def ended(grant: Grant) -> str:
    """Say why there is nothing left to revoke."""
    return "" if grant.is_live else _("It has ended already.")


@admin.register(Grant)
class GrantAdmin(ActionAdmin[Grant]):
    read_act = Act.READ_CASES
    keep_act = Act.SHARE_CASES
    add_action = staticmethod(grants.give)
    list_display = (
        "individual",
        "organisation",
        "recipient",
        "level",
        "purpose",
        Column(
            "standing",
            gettext_lazy("standing"),
            standing,
            order="expires_at",
            needs=("expires_at", "revoked_at"),
        ),
        "expires_at",
    )
    list_filter = ("level", "purpose", "legal_basis")
    linked = ("individual", "recipient")
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("individual", "recipient", "level")}),
        (gettext_lazy("Why it may be shared"), {"fields": ("purpose", "legal_basis", "remarks")}),
        (gettext_lazy("Until when"), {"fields": ("expires_at",)}),
    )
    parent = "individual"
    deeds = (
        Deed(
            name="revoke",
            label=gettext_lazy("Revoke"),
            intro=gettext_lazy(
                "The recipient's next request finds nothing. What it has read, it has read."
            ),
            act=Act.SHARE_CASES,
            do=grants.revoke,
            form=ReasonForm,
            closed=ended,
        ),
    )

    def describe(self, record: Any) -> str:
        given = {
            "level": record.get_level_display(),
            "recipient": record.recipient,
            "day": date_format(record.expires_at),
        }
        if record.organisation_id == current_actor().organisation_id:
            return _("%(level)s, to %(recipient)s, until %(day)s") % given
        return _("%(level)s, to us, until %(day)s") % given

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("recipient")
