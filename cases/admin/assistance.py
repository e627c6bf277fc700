"""Help needed, promised or given."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.roles import Act
from cases.actions import assistance
from cases.admin import links
from cases.admin.base import ActionAdmin
from cases.admin.columns import day, state
from cases.models import Assistance


@admin.register(Assistance)
class AssistanceAdmin(ActionAdmin[Assistance]):
    read_act = Act.READ_CASES
    keep_act = Act.KEEP_ASSISTANCE
    add_action = staticmethod(assistance.record)
    amend_action = staticmethod(assistance.amend)
    list_display = (
        "__str__",
        "kind",
        state("stage", gettext_lazy("stage")),
        "individual",
        "population",
        "provider",
        day("due", gettext_lazy("due")),
    )
    list_filter = ("stage", "kind", ("provider", admin.RelatedOnlyFieldListFilter))
    linked = ("individual", "population")
    search_fields = (
        "individual__case_number",
        "population__title",
        "provider__names__search_key",
        "statement__code",
    )
    ordering = ("-updated_at",)
    fieldsets = (
        (None, {"fields": ("individual", "population", "kind", "stage")}),
        (gettext_lazy("Who gives it"), {"fields": ("provider", "statement")}),
        (
            gettext_lazy("When and how much"),
            {"fields": ("due_edtf", "due_as_stated", ("amount", "currency"))},
        ),
        (gettext_lazy("Remarks"), {"fields": ("remarks",)}),
    )
    fixed = ("individual", "population")

    def home_of(self, record: Any) -> str | None:
        above = record.individual if record.individual_id else record.population
        return None if above is None else links.url_of(above)

    def describe(self, record: Assistance) -> str:
        return f"{record.get_kind_display()}: {record.get_stage_display().lower()}"
