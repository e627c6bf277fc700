"""Where a partner's own server is told of changes, and what was sent there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases import clock, ids
from cases.access.collections import NAMES
from cases.access.scope import ORGANISATION, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import SHORT, Record
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.rules import webhooks
from cases.vocabulary.webhooks import DeliveryState, WebhookState


class Webhook(Record):
    """One address, told of what changed within the sight of whoever recorded it."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "url": OPERATIONAL,
        "collections": OPEN,
        "state": OPEN,
        "disabled_at": OPEN,
        "failing_since": OPEN,
        "sealed_secret": PROTECTED,
        "epoch": OPEN,
        "written_in": OPEN,
        "number": OPEN,
        "rights": OPERATIONAL,
    }
    UNCOMMITTED: ClassVar[frozenset[str]] = frozenset(
        {"failing_since", "epoch", "written_in", "number", "rights"}
    )

    url = models.CharField(
        "address", max_length=500, help_text="Where to send, such as https://example.org/hook."
    )
    collections = models.CharField(
        max_length=1000,
        blank=True,
        default="",
        help_text="Collections to tell of, such as individuals grants; empty for all.",
    )
    state = models.CharField(max_length=10, choices=WebhookState, default=WebhookState.ACTIVE)
    disabled_at = models.DateTimeField("disabled", null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since when nothing has arrived."
    )
    sealed_secret = models.TextField(max_length=SHORT, editable=False)
    epoch = models.BigIntegerField(default=0, editable=False)
    written_in = models.BigIntegerField(default=0, editable=False)
    number = models.BigIntegerField(default=0, editable=False)
    rights = models.CharField(
        max_length=SHORT,
        blank=True,
        default="",
        editable=False,
        help_text="The role and clearances under which it was told last.",
    )

    class Meta(Record.Meta):
        constraints = (known_term("webhook", "state", WebhookState),)

    def clean(self) -> None:
        webhooks.check_url(
            self.url, hosts=settings.WEBHOOK_ALLOWED_HOSTS, ports=settings.WEBHOOK_PORTS
        )
        webhooks.check_collections(self.collections, NAMES.values())


class WebhookDelivery(Gated):
    """One message to an address: names collections and ids, and nothing of anybody."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation": OPEN,
        "recorded_by": OPERATIONAL,
        "recorded_at": OPEN,
        "webhook": OPEN,
        "body": OPERATIONAL,
        "state": OPEN,
        "attempts": OPEN,
        "next_at": OPEN,
        "delivered_at": OPEN,
        "last_status": OPEN,
        "last_fault": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, db_index=True)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    body = models.TextField(help_text="What is sent, to the letter.")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now, help_text="When it is tried next.")
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the other server answered last."
    )
    last_fault = models.CharField(
        max_length=80, blank=True, default="", help_text="What went wrong last, by its kind."
    )

    class Meta(Gated.Meta):
        verbose_name_plural = "webhook deliveries"
        constraints = (known_term("webhook_delivery", "state", DeliveryState),)
        indexes = (
            models.Index(
                fields=["next_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="webhook_delivery_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"
