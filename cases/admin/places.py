"""Places and their names."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

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
    list_display = ("name", state("kind", gettext_lazy("kind")), "parent", "iso_3166_2", "p_code")
    list_filter = ("kind",)
    linked = ("parent",)
    search_fields = ("names__search_key", "name", "iso_3166_1", "iso_3166_2", "p_code")
    search_help_text = gettext_lazy("A name in any language or spelling, or a code.")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "parent")}),
        (
            gettext_lazy("Codes"),
            {
                "fields": (
                    ("iso_3166_1", "iso_3166_2"),
                    "p_code",
                    ("national_code", "national_scheme"),
                )
            },
        ),
        (gettext_lazy("On the map"), {"fields": (("latitude", "longitude"), "accuracy_m")}),
        (gettext_lazy("When"), {"fields": ("valid_edtf", "valid_as_stated")}),
    )
    panels = (
        Panel(gettext_lazy("Names"), PlaceName, "place"),
        Panel(gettext_lazy("Places within"), Place, "parent"),
    )


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
