"""Webhooks and their deliveries."""

from cases.filters.base import GatedFilters, Link, Term
from cases.filters.dates import Moment
from cases.filters.records import RecordFilters
from cases.models import Webhook
from cases.vocabulary.webhooks import DeliveryState, WebhookState


class WebhookFilters(RecordFilters):
    state = Term(WebhookState)


class WebhookDeliveryFilters(GatedFilters):
    webhook = Link(Webhook)
    state = Term(DeliveryState)
    recorded_after = Moment("recorded_at", "gt", "Only those recorded after this moment.")
