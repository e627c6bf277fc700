"""Bodies, officials, their names and offices."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.roles import Act
from cases.actions import bodies
from cases.admin.base import ActionAdmin
from cases.admin.columns import day, state
from cases.admin.panels import Panel
from cases.models import (
    Body,
    BodyName,
    MediatingBody,
    Mediation,
    Official,
    OfficialName,
    Position,
    Tenure,
)
from cases.rules.dates import in_words


@admin.register(Body)
class BodyAdmin(ActionAdmin[Any]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BODIES
    add_action = staticmethod(bodies.add)
    amend_action = staticmethod(bodies.amend)
    list_display = ("name", state("kind", gettext_lazy("kind")), "country", "mediates")
    list_filter = ("kind", "mediates")
    linked = ("country",)
    search_fields = ("names__search_key", "name")
    search_help_text = gettext_lazy("A name in any language or spelling.")
    ordering = ("name",)
    fieldsets = ((None, {"fields": ("name", "kind", "country", "mediates")}),)
    panels = (
        Panel(gettext_lazy("Names"), BodyName, "body"),
        Panel(gettext_lazy("Offices"), Tenure, "body"),
        Panel(gettext_lazy("Parts in returns and talks"), Mediation, "body"),
        Panel(gettext_lazy("Positions"), Position, "body"),
    )


@admin.register(MediatingBody)
class MediatingBodyAdmin(BodyAdmin):
    add_action = staticmethod(bodies.add_mediating)
    add_fieldsets = ((None, {"fields": ("name", "kind", "country")}),)


@admin.register(BodyName)
class BodyNameAdmin(ActionAdmin[BodyName]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BODIES
    add_action = staticmethod(bodies.add_name)
    amend_action = staticmethod(bodies.amend_name)
    list_display = ("text", "body", "language_tag", "kind")
    list_filter = ("kind", "language_tag")
    linked = ("body",)
    search_fields = ("search_key",)
    ordering = ("text",)
    fieldsets = ((None, {"fields": ("body", "text", "language_tag", "kind")}),)
    fixed = ("body",)
    parent = "body"

    def describe(self, record: BodyName) -> str:
        return f"{record.text} ({record.language_tag}, {record.get_kind_display().lower()})"


@admin.register(Official)
class OfficialAdmin(ActionAdmin[Official]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BODIES
    add_action = staticmethod(bodies.add_official)
    amend_action = staticmethod(bodies.amend_official)
    list_display = ("name", "remarks")
    search_fields = ("names__search_key", "name")
    search_help_text = gettext_lazy("A name in any language or spelling.")
    ordering = ("name",)
    fieldsets = ((None, {"fields": ("name", "remarks")}),)
    panels = (
        Panel(gettext_lazy("Names that sources give"), OfficialName, "official"),
        Panel(gettext_lazy("Offices"), Tenure, "official"),
    )


@admin.register(OfficialName)
class OfficialNameAdmin(ActionAdmin[OfficialName]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BODIES
    add_action = staticmethod(bodies.name_official)
    amend_action = staticmethod(bodies.amend_official_name)
    list_display = ("text", "official", "language_tag", "kind", "statement")
    list_filter = ("kind", "language_tag")
    linked = ("official",)
    search_fields = ("search_key",)
    ordering = ("text",)
    fieldsets = ((None, {"fields": ("official", "text", "language_tag", "kind", "statement")}),)
    fixed = ("official",)
    parent = "official"

    def describe(self, record: OfficialName) -> str:
        return f"{record.text} ({record.language_tag}, {record.get_kind_display().lower()})"


@admin.register(Tenure)
class TenureAdmin(ActionAdmin[Tenure]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_BODIES
    add_action = staticmethod(bodies.add_tenure)
    amend_action = staticmethod(bodies.amend_tenure)
    list_display = ("title", "official", "body", "place", day("valid", gettext_lazy("held")))
    list_filter = (("body", admin.RelatedOnlyFieldListFilter),)
    linked = ("official", "body")
    search_fields = ("title", "official__names__search_key", "body__names__search_key")
    ordering = ("title",)
    fieldsets = (
        (None, {"fields": ("official", "title", "body", "place")}),
        (
            gettext_lazy("When, and on whose word"),
            {"fields": ("valid_edtf", "valid_as_stated", "statement")},
        ),
    )
    fixed = ("official",)
    parent = "official"

    def describe(self, record: Tenure) -> str:
        return f"{record.official}: {record.title}, {record.body} ({in_words(record.valid_edtf)})"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("official", "body")
