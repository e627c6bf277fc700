"""Talks and each party's dated stance."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from cases.access.roles import Act
from cases.actions import negotiations
from cases.admin.base import ActionAdmin
from cases.admin.columns import day, state
from cases.admin.panels import Panel
from cases.models import Mediation, Negotiation, Position
from cases.rules.dates import in_words


@admin.register(Negotiation)
class NegotiationAdmin(ActionAdmin[Negotiation]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_NEGOTIATIONS
    add_action = staticmethod(negotiations.add)
    amend_action = staticmethod(negotiations.amend)
    list_display = (
        "title",
        state("kind", gettext_lazy("kind")),
        state("status", gettext_lazy("status")),
        "population",
        "place",
    )
    list_filter = ("kind", "status")
    linked = ("population",)
    search_fields = ("title", "subject", "population__title")
    ordering = ("title",)
    fieldsets = (
        (None, {"fields": ("title", "kind", "status", "subject")}),
        (gettext_lazy("Whom and where"), {"fields": ("population", "place")}),
    )
    panels = (
        Panel(gettext_lazy("Positions"), Position, "negotiation"),
        Panel(gettext_lazy("Mediators"), Mediation, "negotiation"),
    )


@admin.register(Position)
class PositionAdmin(ActionAdmin[Position]):
    read_act = Act.READ_EVIDENCE
    keep_act = Act.RECORD_NEGOTIATIONS
    add_action = staticmethod(negotiations.take_position)
    amend_action = staticmethod(negotiations.amend_position)
    list_display = (
        "body",
        state("stance", gettext_lazy("stance")),
        "negotiation",
        day("held", gettext_lazy("held")),
        "statement",
    )
    list_display_links = ("body",)
    list_filter = ("stance",)
    linked = ("negotiation", "body", "statement")
    search_fields = ("body__names__search_key", "negotiation__title", "remarks")
    ordering = ("held_earliest", "recorded_at")
    fieldsets = (
        (None, {"fields": ("negotiation", "body", "stance", "statement")}),
        (gettext_lazy("When"), {"fields": ("held_edtf", "held_as_stated", "remarks")}),
    )
    fixed = ("negotiation",)
    parent = "negotiation"

    def describe(self, record: Position) -> str:
        stance = record.get_stance_display()
        return f"{record.body}: {stance} – {in_words(record.held_edtf)} ({record.statement})"

    def described(self, rows: Any) -> Any:
        return rows.prefetch_related("body", "statement")
