"""Decisions on pairs of cases, listed; they are taken on the page of a pair."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.roles import Act
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.models import DuplicateDecision


@admin.register(DuplicateDecision)
class DuplicateDecisionAdmin(ActionAdmin[DuplicateDecision]):
    read_act = Act.READ_CASES
    keep_act = Act.MERGE_CASES
    list_display = (
        "__str__",
        "first",
        "second",
        state("verdict", gettext_lazy("verdict")),
        "recorded_at",
        "superseded_at",
    )
    list_filter = ("verdict",)
    linked = ("first", "second")
    search_fields = ("first__case_number", "second__case_number")
    ordering = ("-recorded_at",)
    fieldsets = ((None, {"fields": ("first", "second", "verdict", "reason", "superseded_at")}),)
