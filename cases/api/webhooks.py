"""Webhooks: addresses that are told of changes, and what was sent there."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.actions import webhooks
from cases.api.base import KeepResource, Resource
from cases.api.bulk import ADDING
from cases.api.records import RecordSerializer
from cases.filters.webhooks import WebhookDeliveryFilters, WebhookFilters
from cases.models import Webhook, WebhookDelivery


class WebhookSerializer(RecordSerializer):
    computed: ClassVar[Classes] = {"secret": OPERATIONAL}
    secret = serializers.SerializerMethodField(
        help_text="What deliveries are signed with. Shown in the answer to the POST alone."
    )

    class Meta:
        model = Webhook
        fields = ("id", "recorded_at", "updated_at", "version", "organisation", "recorded_by",
                  "url", "collections", "state", "disabled_at", "failing_since")  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_secret(self, webhook: Webhook) -> str | None:
        view: Any = self.context.get("view")
        is_new = getattr(view, "action", "") in ADDING
        return webhooks.secret_of(webhook) if is_new else None


class WebhookResource(KeepResource):
    """Addresses that are told of what changed within the sight of whoever added them."""

    model = Webhook
    tells_once = True
    reads = writes = Act.KEEP_WEBHOOKS
    add, amend = staticmethod(webhooks.add), staticmethod(webhooks.amend)
    serializer_class = WebhookSerializer
    filterset_class = WebhookFilters


class WebhookDeliverySerializer(RecordSerializer):
    class Meta:
        model = WebhookDelivery


class WebhookDeliveryResource(Resource):
    """What was sent, and whether it arrived."""

    model = WebhookDelivery
    moment = "recorded_at"
    reads = Act.KEEP_WEBHOOKS
    serializer_class = WebhookDeliverySerializer
    filterset_class = WebhookDeliveryFilters

    @action(detail=True, methods=["post"], act=Act.KEEP_WEBHOOKS)
    def replay(self, request: Request, pk: str) -> Response:
        """Send it once more, under the same id."""
        return self.acted(request, pk, webhooks.replay)
