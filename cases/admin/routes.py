"""Ways home, leg by leg."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.roles import Act
from cases.actions import routes
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.admin.panels import Panel
from cases.models import RepatriationBatch, Route, RouteLeg


@admin.register(Route)
class RouteAdmin(ActionAdmin[Route]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_ROUTES
    add_action = staticmethod(routes.add)
    amend_action = staticmethod(routes.amend)
    list_display = ("title", "code")
    search_fields = ("title", "code")
    ordering = ("code",)
    fieldsets = ((None, {"fields": ("code", "title")}),)
    panels = (
        Panel(gettext_lazy("Legs"), RouteLeg, "route"),
        Panel(gettext_lazy("Batches"), RepatriationBatch, "route"),
    )


@admin.register(RouteLeg)
class RouteLegAdmin(ActionAdmin[RouteLeg]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_ROUTES
    add_action = staticmethod(routes.add_leg)
    amend_action = staticmethod(routes.amend_leg)
    list_display = (
        "number",
        "route",
        "from_place",
        "to_place",
        "mode",
        state("far_end_role", gettext_lazy("far end role")),
    )
    list_display_links = ("number",)
    list_filter = ("mode", "far_end_role")
    linked = ("route",)
    search_fields = ("route__title", "from_place__names__search_key", "to_place__names__search_key")
    ordering = ("route", "number")
    fieldsets = (
        (None, {"fields": ("route", "number", ("from_place", "to_place"))}),
        (gettext_lazy("How"), {"fields": ("mode", "far_end_role", "border_point")}),
    )
    add_fieldsets = (
        (None, {"fields": ("route", ("from_place", "to_place"))}),
        (gettext_lazy("How"), {"fields": ("mode", "far_end_role", "border_point")}),
    )
    fixed = ("route", "number")
    parent = "route"

    def describe(self, record: RouteLeg) -> str:
        role = record.get_far_end_role_display().lower()
        return f"{record.number}. {record.from_place} → {record.to_place} ({role})"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("from_place", "to_place")
