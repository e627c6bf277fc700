"""Webhooks, and what was sent there."""

# ruff: noqa: ARG002 - the signatures are Django's

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import webhooks
from cases.admin.base import ActionAdmin
from cases.admin.columns import state
from cases.admin.deeds import Deed
from cases.admin.sign_in import page
from cases.models import Webhook, WebhookDelivery
from cases.vocabulary.webhooks import DeliveryState


def under_way(delivery: WebhookDelivery) -> str:
    """Say why there is nothing to send again."""
    is_waiting = delivery.state == DeliveryState.WAITING
    return _("It waits to be sent already.") if is_waiting else ""


@admin.register(Webhook)
class WebhookAdmin(ActionAdmin[Webhook]):
    read_act = keep_act = Act.KEEP_WEBHOOKS
    add_action = staticmethod(webhooks.add)
    amend_action = staticmethod(webhooks.amend)
    list_display = ("url", state("state", gettext_lazy("state")), "failing_since", "recorded_at")
    list_filter = ("state",)
    search_fields = ("url",)
    ordering = ("-updated_at",)
    fieldsets = (
        (None, {"fields": ("url", "collections", "state")}),
        (gettext_lazy("How it stands"), {"fields": ("failing_since", "disabled_at")}),
    )
    add_fieldsets = ((None, {"fields": ("url", "collections")}),)
    readonly_fields = ("failing_since", "disabled_at")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """Show the secret in the answer itself: a redirect would have to keep it meanwhile."""
        context = {"title": _("The new webhook"), "secret": webhooks.secret_of(obj)}
        answer: HttpResponse = page(self.admin_site, request, "admin/webhook_added.html", context)
        return answer


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ActionAdmin[WebhookDelivery]):
    read_act = keep_act = Act.KEEP_WEBHOOKS
    list_display = (
        "recorded_at",
        "webhook",
        state("state", gettext_lazy("state")),
        "attempts",
        "last_status",
        "last_fault",
        "next_at",
    )
    list_filter = ("state",)
    search_fields = ("webhook__url",)
    linked = ("webhook",)
    ordering = ("-recorded_at",)
    fieldsets = (
        (None, {"fields": ("webhook", "state", "recorded_at", "delivered_at")}),
        (
            gettext_lazy("Attempts"),
            {"fields": ("attempts", "last_status", "last_fault", "next_at")},
        ),
        (gettext_lazy("What is sent"), {"fields": ("body",)}),
    )
    deeds = (
        Deed(
            name="replay",
            label=gettext_lazy("Send again"),
            intro=gettext_lazy("The other server gets the same message, under the same id."),
            act=Act.KEEP_WEBHOOKS,
            do=webhooks.replay,
            closed=under_way,
        ),
    )
