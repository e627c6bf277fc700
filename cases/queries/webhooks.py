"""Which webhooks and deliveries have something to do."""

from django.db.models import Max, QuerySet

from cases import clock
from cases.models import Change, Webhook, WebhookDelivery
from cases.vocabulary.webhooks import DeliveryState, WebhookState


def active() -> QuerySet[Webhook]:
    """Give the webhooks that changes are sent to."""
    return Webhook.objects.filter(state=WebhookState.ACTIVE).order_by("pk")


def due() -> QuerySet[WebhookDelivery]:
    """Give the deliveries to be tried now, the oldest first."""
    return WebhookDelivery.objects.filter(
        state=DeliveryState.WAITING, webhook__state=WebhookState.ACTIVE, next_at__lte=clock.now()
    ).order_by("next_at", "pk")


def last_change() -> int | None:
    """Give the number of the newest change, for a look at whether there is one at all."""
    found: int | None = Change.objects.aggregate(last=Max("id"))["last"]
    return found
