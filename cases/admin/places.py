"""Places and their names."""

from django.contrib import admin

from cases.access.roles import Act
from cases.actions import places
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.admin.panels import Panel
from cases.models import Place, PlaceName


@admin.register(Place)
class PlaceAdmin(ActionAdmin[Place]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_PLACES
    add_action = staticmethod(places.add)
    amend_action = staticmethod(places.amend)
    list_display = ("name", state("kind"), "parent", "iso_3166_2", "p_code")
    list_filter = ("kind",)
    linked = ("parent",)
    search_fields = ("names__search_key", "name", "iso_3166_1", "iso_3166_2", "p_code")
    search_help_text = "A name in any language or spelling, or a code."
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "parent")}),
        ("Codes", {"fields": (("iso_3166_1", "iso_3166_2"), "p_code",
                              ("national_code", "national_scheme"))}),
        ("On the map", {"fields": (("latitude", "longitude"), "accuracy_m")}),
        ("When", {"fields": ("valid_edtf", "valid_as_stated")}),
    )  # fmt: skip
    panels = (Panel("Names", PlaceName, "place"), Panel("Places within", Place, "parent"))


@admin.register(PlaceName)
class PlaceNameAdmin(ActionAdmin[PlaceName]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.KEEP_PLACES
    add_action = staticmethod(places.add_name)
    amend_action = staticmethod(places.amend_name)
    list_display = ("text", "place", "language_tag", "kind")
    list_filter = ("kind", "language_tag")
    linked = ("place",)
    search_fields = ("search_key",)
    ordering = ("text",)
    fieldsets = ((None, {"fields": ("place", "text", "language_tag", "kind")}),)
    fixed = ("place",)
    parent = "place"

    def describe(self, record: PlaceName) -> str:
        return f"{record.text} ({record.language_tag}, {record.get_kind_display().lower()})"
