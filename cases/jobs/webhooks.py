"""Tells the servers of partners what changed, at least once; the feed has what they missed."""

import time

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import webhooks
from cases.actions.attempts import repeated
from cases.exchange.webhooks import Undelivered, post
from cases.models import Webhook, WebhookDelivery
from cases.queries import webhooks as queries
from cases.rules.webhooks import signature

PATIENCE = 60.0
"""Seconds after which the rest is left to the next turn: others wait too."""
_SUCCESS = range(200, 300)


def deliver(_argument: str) -> str | None:
    """Fill and send, one delivery of each webhook after another, until all is told."""
    end, by = time.monotonic() + PATIENCE, System("delivering to webhooks")
    with acting_as(by):
        while True:
            for webhook in list(queries.active()):
                _fill(webhook, by)
            due = list(queries.due()[:50])
            for delivery in due:
                attempt(delivery, by)
                if time.monotonic() > end:
                    return ""
            if not due:
                return None


def _fill(webhook: Webhook, by: System) -> None:
    repeated(lambda: webhooks.fill(webhook, by=by))


def attempt(delivery: WebhookDelivery, by: System) -> None:
    """Try once, outside a transaction: what was sent and not noted comes again, under its id."""
    if not repeated(lambda: webhooks.claim(delivery, by=by)):
        return
    webhook = Webhook.objects.get(pk=delivery.webhook_id)
    status, fault = _sent(webhook, delivery)
    repeated(lambda: webhooks.note_result(delivery, by=by, status=status, fault=fault))


def _sent(webhook: Webhook, delivery: WebhookDelivery) -> tuple[int | None, str]:
    body, timestamp = delivery.body.encode(), int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "return-case-tracker",
        "X-Tracker-Delivery": str(delivery.pk),
        "X-Tracker-Timestamp": str(timestamp),
        "X-Tracker-Signature": signature(webhooks.secret_of(webhook), timestamp, body),
    }
    try:
        status = post(webhook.url, body, headers)
    except Undelivered as fault:
        return None, str(fault)
    return status, "" if status in _SUCCESS else f"answered {status}"
