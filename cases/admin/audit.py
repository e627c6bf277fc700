"""The audit trail, to read."""

from django.contrib import admin

from cases.access.roles import Act
from cases.admin.columns import state
from cases.admin.reading import GatedAdmin
from cases.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(GatedAdmin[AuditEntry]):
    read_act = Act.READ_TRAIL
    list_display = ("number", "at", "actor", "act", "model", state("outcome"), "target_id")
    list_display_links = ("number",)
    list_filter = ("act", "model", "actor", "outcome")
    linked = ("target_id",)
    search_fields = ("act", "model", "actor", "reason")
    ordering = ("-number",)
    fieldsets = (
        (None, {"fields": ("number", "at", "actor", "act", "outcome", "reason")}),
        ("Record", {"fields": ("model", "target_id", "version_before", "version_after",
                               "changed")}),
        ("Chain", {"fields": ("previous_hash", "hash")}),
    )  # fmt: skip
