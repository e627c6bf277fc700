"""Consents and other bases; recorded on the person's page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import consents
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, day, state
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge, meanings
from cases.models import Consent
from cases.vocabulary.consents import GivenBy


class WithdrawConsentForm(DeedForm):
    withdrawn_by = forms.ChoiceField(
        label=gettext_lazy("Withdrawn by"),
        choices=GivenBy.choices,
        help_text=meanings(GivenBy, gettext_lazy("Who withdrew it.")),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Why, if they said; kept on record."),
    )


def standing(consent: Any) -> Any:
    """Show whether a basis holds."""
    if consent.withdrawn_at is not None:
        return badge(_("Withdrawn"), "bad")
    return badge(_("Holds"), "active") if consent.is_live else badge(_("Ended"), "plain")


def withdrawn(consent: Any) -> str:
    """Say why there is nothing to withdraw."""
    return _("It is withdrawn already.") if consent.withdrawn_at else ""


@admin.register(Consent)
class ConsentAdmin(ActionAdmin[Consent]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_CASES
    add_action = staticmethod(consents.record)
    list_display = (
        "individual",
        "purpose",
        "recipient",
        "body",
        state("legal_basis", gettext_lazy("legal basis")),
        day("given", gettext_lazy("given")),
        Column(
            "standing",
            gettext_lazy("standing"),
            standing,
            order="expires_on",
            needs=("expires_on", "withdrawn_at"),
        ),
    )
    list_filter = ("purpose", "legal_basis", "given_by")
    linked = ("individual", "recipient")
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("individual", "purpose", "legal_basis")}),
        (
            gettext_lazy("Whom it may be shared with"),
            {"fields": ("recipient", "body", "shared_for")},
        ),
        (
            gettext_lazy("How it was given"),
            {
                "fields": (
                    "given_by",
                    "given_edtf",
                    "given_as_stated",
                    "notice_version",
                    "notice_language",
                )
            },
        ),
        (gettext_lazy("Until when"), {"fields": ("expires_on", "remarks")}),
    )
    parent = "individual"
    deeds = (
        Deed(
            name="withdraw",
            label=gettext_lazy("Withdraw"),
            intro=gettext_lazy(
                "What rests on it ends at once: each grant is revoked, each open request taken "
                "back. What others have learned, they have learned; the case lists it."
            ),
            act=Act.KEEP_CASES,
            do=consents.withdraw,
            form=WithdrawConsentForm,
            closed=withdrawn,
        ),
    )
