"""Referrals and transfers: what we asked of others, and what others ask of us."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import referrals
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.widgets import badge
from cases.models import Referral
from cases.vocabulary.referrals import ReferralState

LONGEST_ANSWER = 500
_TONES = {
    ReferralState.REQUESTED: "warn",
    ReferralState.ACCEPTED: "good",
    ReferralState.REJECTED: "bad",
}


class AcceptForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_ANSWER,
        required=False,
        help_text=gettext_lazy("Both sides read it."),
    )


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_ANSWER,
        help_text=gettext_lazy("Why; the other side reads it."),
    )


class Side(admin.SimpleListFilter):
    """Whether others ask us, or we ask others."""

    title = gettext_lazy("direction")
    parameter_name = "side"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:  # noqa: ARG002 - Django's
        return (("in", _("Asked of us")), ("out", _("Asked by us")))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002 - Django's
        ours = current_actor().organisation_id
        column = {"in": "recipient", "out": "organisation"}.get(self.value() or "")
        return queryset.filter(**{column: ours}) if column else queryset


def standing(referral: Any) -> Any:
    """Show the state, as the clock has it."""
    now = referral.state_now
    return badge(now.label, _TONES.get(now, "plain"))


def over(referral: Any) -> str:
    """Say why there is nothing to answer."""
    now = referral.state_now
    if now == ReferralState.REQUESTED:
        return ""
    return _("It is %(state)s.") % {"state": str(now.label).lower()}


@admin.register(Referral)
class ReferralAdmin(ActionAdmin[Referral]):
    read_act = Act.READ_CASES
    keep_act = Act.REFER_CASES
    add_action = staticmethod(referrals.request)
    list_display = (
        "case_number",
        "kind",
        "organisation",
        "recipient",
        "purpose",
        Column(
            "standing",
            gettext_lazy("standing"),
            standing,
            order="state",
            needs=("state", "answer_by"),
        ),
        "answer_by",
    )
    list_filter = (Side, "kind", "state", "purpose")
    linked = ("individual", "recipient")
    search_fields = ("case_number",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (
            gettext_lazy("What is asked"),
            {"fields": ("organisation", "recipient", "kind", "purpose", "reason", "answer_by")},
        ),
        (
            gettext_lazy("What is told of the person"),
            {"fields": ("case_number", "sex", "age_class", "area", "return_status", "kept_since")},
        ),
        (gettext_lazy("What is opened"), {"fields": ("level", "grant_ends_at")}),
        (gettext_lazy("The answer"), {"fields": ("state", "answered_at", "answer")}),
    )
    add_fieldsets = (
        (None, {"fields": ("individual", "recipient", "kind", "purpose", "reason")}),
        (gettext_lazy("Until when it is to be answered"), {"fields": ("answer_by",)}),
        (gettext_lazy("What a referral opens"), {"fields": ("level", "grant_ends_at")}),
        (gettext_lazy("What it rests on"), {"fields": ("basis",)}),
    )
    deeds = (
        Deed(
            name="accept",
            label=gettext_lazy("Accept"),
            intro=gettext_lazy(
                "A referral opens the case to your organisation until the day it names. A "
                "transfer makes it yours, with all that is kept on it, under a number of your own."
            ),
            act=Act.REFER_CASES,
            do=referrals.accept,
            form=AcceptForm,
            closed=over,
            side="recipient_id",
        ),
        Deed(
            name="reject",
            label=gettext_lazy("Reject"),
            intro=gettext_lazy("You learn no more of the case than this page tells."),
            act=Act.REFER_CASES,
            do=referrals.reject,
            form=ReasonForm,
            closed=over,
            side="recipient_id",
        ),
        Deed(
            name="withdraw",
            label=gettext_lazy("Withdraw"),
            intro=gettext_lazy(
                "The other side keeps the request and what it told, marked as withdrawn."
            ),
            act=Act.REFER_CASES,
            do=referrals.withdraw,
            form=ReasonForm,
            closed=over,
        ),
    )

    def describe(self, record: Any) -> str:
        given = {
            "kind": record.get_kind_display(),
            "recipient": record.recipient,
            "organisation": record.organisation,
            "state": str(record.state_now.label).lower(),
        }
        if record.organisation_id == current_actor().organisation_id:
            return _("%(kind)s to %(recipient)s: %(state)s") % given
        return _("%(kind)s from %(organisation)s: %(state)s") % given

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("recipient", "organisation")
