"""Contradictions under review."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import discrepancies
from cases.admin.base import ActionAdmin
from cases.admin.choosers import Chooser
from cases.admin.columns import state
from cases.admin.forms import ActionForm
from cases.admin.panels import Panel
from cases.models import Discrepancy, DiscrepancyMember

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SIDES = {
    "first": gettext_lazy("The first side"),
    "second": gettext_lazy("The second side"),
}


def _version(words: "StrOrPromise") -> forms.CharField:
    label = gettext_lazy("Says")
    return forms.CharField(label=label, max_length=200, required=False, help_text=words)


def _statement(label: "StrOrPromise") -> Chooser:
    words = gettext_lazy("Who gives this version.")
    return Chooser(DiscrepancyMember.statement, label, words)


def _count(label: "StrOrPromise") -> Chooser:
    words = gettext_lazy("The figure it gives, if any.")
    return Chooser(DiscrepancyMember.count, label, words)


class DiscrepancyAddForm(ActionForm):
    first_statement = _statement(gettext_lazy("First statement"))
    second_statement = _statement(gettext_lazy("Second statement"))
    first_count = _count(gettext_lazy("First figure"))
    second_count = _count(gettext_lazy("Second figure"))
    first_version = _version(gettext_lazy("The first side's version, in a few words."))
    second_version = _version(gettext_lazy("The second side's version, in a few words."))


@admin.register(Discrepancy)
class DiscrepancyAdmin(ActionAdmin[Discrepancy]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_form = DiscrepancyAddForm
    add_action = staticmethod(discrepancies.open_discrepancy)
    amend_action = staticmethod(discrepancies.amend)
    list_display = (
        "title",
        state("kind", gettext_lazy("kind")),
        state("state", gettext_lazy("state")),
        "is_automatic",
        "owner",
    )
    list_filter = ("state", "kind", "is_automatic")
    search_fields = ("title", "rationale", "members__version_text")
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("title", "kind", "owner")}),
        (gettext_lazy("The decision"), {"fields": ("state", "rationale")}),
        (gettext_lazy("Who may read it"), {"fields": ("is_published",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("title", "kind", "owner")}),
        *(
            (title, {"fields": (f"{side}_statement", f"{side}_count", f"{side}_version")})
            for side, title in _SIDES.items()
        ),
        (gettext_lazy("Who may read it"), {"fields": ("is_published",)}),
    )
    panels = (Panel(gettext_lazy("Sides"), DiscrepancyMember, "discrepancy"),)

    def arguments(self, given: Any) -> dict[str, Any]:
        fields = dict(given)
        members = []
        for side in _SIDES:
            parts = {
                "statement": fields.pop(f"{side}_statement"),
                "count": fields.pop(f"{side}_count"),
                "version_text": fields.pop(f"{side}_version"),
            }
            if any(parts.values()):
                members.append(parts)
        return {**fields, "members": members}


@admin.register(DiscrepancyMember)
class DiscrepancyMemberAdmin(ActionAdmin[DiscrepancyMember]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_action = staticmethod(discrepancies.add_side)
    amend_action = staticmethod(discrepancies.amend_side)
    list_display = ("version_text", "discrepancy", "statement", "count")
    list_filter = ("discrepancy__state",)
    linked = ("discrepancy", "statement", "count")
    search_fields = ("version_text", "discrepancy__title", "statement__code")
    ordering = ("recorded_at",)
    fieldsets = ((None, {"fields": ("discrepancy", "statement", "count", "version_text")}),)
    fixed = ("discrepancy",)
    parent = "discrepancy"

    def describe(self, record: DiscrepancyMember) -> str:
        return _("“%(version)s” – %(statement)s") % {
            "version": record.version_text,
            "statement": record.statement,
        }

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("statement")
