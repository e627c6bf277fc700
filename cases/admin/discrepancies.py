"""Contradictions under review."""

from typing import Any

from django import forms
from django.contrib import admin

from cases.access.roles import Act
from cases.actions import discrepancies
from cases.admin.base import ActionAdmin
from cases.admin.choosers import Chooser
from cases.admin.columns import state
from cases.admin.forms import ActionForm
from cases.admin.panels import Panel
from cases.models import Discrepancy, DiscrepancyMember

_SIDES = ("first", "second")


def _version(which: str) -> forms.CharField:
    words = f"The {which} side's version, in a few words."
    return forms.CharField(label="Says", max_length=200, required=False, help_text=words)


def _statement(which: str) -> Chooser:
    return Chooser(
        DiscrepancyMember.statement, f"{which.capitalize()} statement", "Who gives this version."
    )


def _count(which: str) -> Chooser:
    return Chooser(
        DiscrepancyMember.count, f"{which.capitalize()} figure", "The figure it gives, if any."
    )


class DiscrepancyAddForm(ActionForm):
    first_statement, second_statement = _statement("first"), _statement("second")
    first_count, second_count = _count("first"), _count("second")
    first_version, second_version = _version("first"), _version("second")


@admin.register(Discrepancy)
class DiscrepancyAdmin(ActionAdmin[Discrepancy]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_COUNTS
    add_form = DiscrepancyAddForm
    add_action = staticmethod(discrepancies.open_discrepancy)
    amend_action = staticmethod(discrepancies.amend)
    list_display = ("title", state("kind"), state("state"), "is_automatic", "owner")
    list_filter = ("state", "kind", "is_automatic")
    search_fields = ("title", "rationale", "members__version_text")
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("title", "kind", "owner")}),
        ("The decision", {"fields": ("state", "rationale")}),
        ("Who may read it", {"fields": ("is_published",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("title", "kind", "owner")}),
        *(
            (f"The {side} side", {"fields": (f"{side}_statement", f"{side}_count",
                                             f"{side}_version")})
            for side in _SIDES
        ),
        ("Who may read it", {"fields": ("is_published",)}),
    )  # fmt: skip
    panels = (Panel("Sides", DiscrepancyMember, "discrepancy"),)

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
        return f"“{record.version_text}” – {record.statement}"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("statement")
