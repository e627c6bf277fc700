"""The audit trail, to read: by id and by role, with nothing of what the rows hold."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.access.roles import Act
from cases.admin import links, masking
from cases.admin.columns import Column, state
from cases.admin.reading import GatedAdmin
from cases.admin.trail_filters import TrailFilters
from cases.admin.widgets import DASH
from cases.models import AuditEntry

_SHORT = 8


def others(field: str, name: str, shown: str = "") -> Column:
    """Show an id, or what stands for it, as a link to the other entries that have it."""

    def read(entry: AuditEntry) -> SafeString | str:
        key = getattr(entry, field)
        words = getattr(entry, shown) if shown else str(key)[:_SHORT]
        if key is None:
            return words if shown else DASH
        url = links.list_of(AuditEntry, **{field: key})
        return format_html('<a href="{}" title="{}">{}</a>', url, key, words)

    return Column(name, read, order=None, needs=(field,))


@admin.register(AuditEntry)
class AuditEntryAdmin(GatedAdmin[AuditEntry]):
    """Links lead to other entries only: whether a row may be seen, its own page decides."""

    read_act = Act.READ_TRAIL
    list_display = (
        "number",
        "at",
        others("actor_id", "who", shown="actor"),
        "act",
        "model",
        others("target_id", "row"),
        state("outcome"),
        "reason",
        "door",
        others("request_id", "request"),
    )
    list_display_links = ("number",)
    list_filter = (TrailFilters,)
    search_fields = ("act", "model", "actor", "reason")
    ordering = ("-number",)
    needs: ClassVar[masking.Needs] = {"same_row": ("target_id",), "same_request": ("request_id",)}
    readonly_fields = ("same_row", "same_request")
    fieldsets = (
        (None, {"fields": ("number", "at", "actor", "actor_id", "act", "outcome", "reason")}),
        ("Row", {"fields": ("model", "target_id", "same_row", "version_before", "version_after",
                            "changed")}),
        ("Where it came in", {"fields": ("door", "request_id", "same_request")}),
        ("Chain", {"fields": ("commitment", "previous_hash", "hash")}),
    )  # fmt: skip

    @admin.display(description="Entries of this row")
    def same_row(self, entry: AuditEntry) -> Any:
        return _all_with("target_id", entry)

    @admin.display(description="Entries of this request")
    def same_request(self, entry: AuditEntry) -> Any:
        return _all_with("request_id", entry)


def _all_with(field: str, entry: AuditEntry) -> SafeString | str:
    key = getattr(entry, field)
    if key is None:
        return DASH
    return format_html('<a href="{}">Show all</a>', links.list_of(AuditEntry, **{field: key}))
