"""Steps that wait for a second person: the queue, and what decides one."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.actions import guards, proposals
from cases.admin.columns import Column, day, state
from cases.admin.deeds import Deed
from cases.admin.forms import DeedForm
from cases.admin.status import StepAdmin, label_of
from cases.models import StatusProposal
from cases.models.base import LONG


class ApprovalForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why you agree; stays on record with the proposal."),
    )


class DeclineForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why not; whoever proposed it reads this."),
    )


def undecidable(proposal: Any) -> str:
    """Say why whoever is signed in does not decide a proposal."""
    return guards.sentence_of(partial(guards.of_decision, proposal, by=current_actor()))


def not_withdrawn(proposal: Any) -> str:
    """Say why whoever is signed in does not withdraw a proposal."""
    return guards.sentence_of(partial(guards.of_withdrawal, proposal, by=current_actor()))


@admin.register(StatusProposal)
class StatusProposalAdmin(StepAdmin):
    add_action = staticmethod(proposals.propose)
    list_display = (
        "individual",
        Column(
            "proposed_step",
            gettext_lazy("proposed step"),
            label_of,
            order="to_status",
            needs=("to_status",),
        ),
        state("state", gettext_lazy("state")),
        day("occurred", gettext_lazy("occurred")),
        "recorded_by",
        "recorded_at",
        "decided_by",
    )
    list_filter = ("state", "axis", "to_status")
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("individual", "axis", "from_status", "to_status")}),
        (
            gettext_lazy("Why"),
            {"fields": ("observation", "statement", "second_statement", "corrects")},
        ),
        (
            gettext_lazy("When and where"),
            {"fields": ("occurred_edtf", "occurred_as_stated", "place")},
        ),
        (
            gettext_lazy("What became of it"),
            {"fields": ("state", "decided_by", "decided_at", "decision_reason", "event")},
        ),
    )
    add_fieldsets = (
        (None, {"fields": ("individual", "axis", "to_status")}),
        *fieldsets[1:3],
    )
    deeds = (
        Deed(
            name="approve",
            label=gettext_lazy("Approve"),
            intro=gettext_lazy(
                "You take the step, as a second person, on the word given in the proposal."
            ),
            act=Act.APPROVE_STATUS,
            do=proposals.approve,
            form=ApprovalForm,
            closed=undecidable,
        ),
        Deed(
            name="decline",
            label=gettext_lazy("Decline"),
            intro=gettext_lazy("The step is not taken. A case pending closure is open again."),
            act=Act.APPROVE_STATUS,
            do=proposals.decline,
            form=DeclineForm,
            closed=undecidable,
        ),
        Deed(
            name="withdraw",
            label=gettext_lazy("Withdraw"),
            intro=gettext_lazy("You take back what you have proposed yourself."),
            act=Act.RECORD_STATUS,
            do=proposals.withdraw,
            closed=not_withdrawn,
        ),
    )
