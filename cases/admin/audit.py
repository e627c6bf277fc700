"""The audit trail, to read: by id and by role, with nothing of what the rows hold."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.admin import links, masking
from cases.admin.columns import Column, state
from cases.admin.reading import GatedAdmin
from cases.admin.trail_filters import TrailFilters
from cases.admin.widgets import DASH
from cases.models import AuditEntry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SHORT = 8


def others(field: str, label: "StrOrPromise", shown: str = "") -> Column:
    """Show an id, or what stands for it, as a link to the other entries that have it."""

    def read(entry: AuditEntry) -> SafeString | str:
        key = getattr(entry, field)
        words = getattr(entry, shown) if shown else str(key)[:_SHORT]
        if key is None:
            return words if shown else DASH
        url = links.list_of(AuditEntry, **{field: key})
        return format_html('<a href="{}" title="{}">{}</a>', url, key, words)

    return Column(field, label, read, order=None, needs=(field,))


ACT = Column(
    "act",
    gettext_lazy("act"),
    lambda entry: entry.act_in_words,
    order="act",
    needs=("act",),
)


@admin.register(AuditEntry)
class AuditEntryAdmin(GatedAdmin[AuditEntry]):
    """Links lead to other entries only: whether a row may be seen, its own page decides."""

    read_act = Act.READ_TRAIL
    list_display = (
        "number",
        "at",
        others("actor_id", gettext_lazy("who"), shown="actor_in_words"),
        ACT,
        "model",
        others("target_id", gettext_lazy("row")),
        state("outcome", gettext_lazy("outcome")),
        "reason",
        "door",
        others("request_id", gettext_lazy("request")),
    )
    list_display_links = ("number",)
    list_filter = (TrailFilters,)
    search_fields = ("act", "model", "actor", "reason")
    ordering = ("-number",)
    needs: ClassVar[masking.Needs] = {
        "what": ("act",),
        "same_row": ("target_id",),
        "same_request": ("request_id",),
    }
    readonly_fields = ("what", "same_row", "same_request")
    fieldsets = (
        (None, {"fields": ("number", "at", "actor", "actor_id", "what", "outcome", "reason")}),
        (
            gettext_lazy("Row"),
            {
                "fields": (
                    "model",
                    "target_id",
                    "same_row",
                    "version_before",
                    "version_after",
                    "changed",
                )
            },
        ),
        (gettext_lazy("Where it came in"), {"fields": ("door", "request_id", "same_request")}),
        (gettext_lazy("Chain"), {"fields": ("commitment", "previous_hash", "hash")}),
    )

    @admin.display(description=gettext_lazy("act"))
    def what(self, entry: AuditEntry) -> str:
        return entry.act_in_words

    @admin.display(description=gettext_lazy("Entries of this row"))
    def same_row(self, entry: AuditEntry) -> Any:
        return _all_with("target_id", entry)

    @admin.display(description=gettext_lazy("Entries of this request"))
    def same_request(self, entry: AuditEntry) -> Any:
        return _all_with("request_id", entry)


def _all_with(field: str, entry: AuditEntry) -> SafeString | str:
    key = getattr(entry, field)
    if key is None:
        return DASH
    url = links.list_of(AuditEntry, **{field: key})
    return format_html('<a href="{}">{}</a>', url, _("Show all"))
