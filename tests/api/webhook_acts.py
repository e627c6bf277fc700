"""Acts on deliveries to webhooks."""

from tests.api.collections import address
from tests.factories import WebhookDeliveryFactory


def a_replay():
    return address("webhook-deliveries", WebhookDeliveryFactory(delivered=True).pk, "replay"), {}
