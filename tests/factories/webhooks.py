"""Webhooks and what was sent there."""

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, SubFactory, Trait

from cases import clock
from cases.access.gate import Actor
from cases.access.session import label
from cases.actions.sealed_secrets import seal
from cases.models import Webhook, WebhookDelivery
from cases.vocabulary.organisations import Role
from cases.vocabulary.webhooks import DeliveryState, WebhookState
from tests.factories.base import RecordFactory
from tests.factories.organisations import UserFactory


class WebhookFactory(RecordFactory):
    """An active address of a partner system."""

    class Meta:
        model = Webhook

    class Params:
        disabled = Trait(state=WebhookState.DISABLED, disabled_at=LazyFunction(clock.now))

    recorded_by = SubFactory(
        UserFactory, role=Role.PARTNER, organisation=SelfAttribute("..organisation")
    )
    url = "https://partner.example.org/hook"
    sealed_secret = LazyFunction(lambda: seal("s" * 43, purpose=b"webhooks"))
    rights = LazyAttribute(lambda row: label(Actor.of(row.recorded_by)) if row.recorded_by else "")


class WebhookDeliveryFactory(RecordFactory):
    class Meta:
        model = WebhookDelivery

    class Params:
        delivered = Trait(
            state=DeliveryState.DELIVERED, attempts=1, delivered_at=LazyFunction(clock.now)
        )

    webhook = SubFactory(WebhookFactory, organisation=SelfAttribute("..organisation"))
    recorded_by = SelfAttribute("webhook.recorded_by")
    body = '{"id":"","begin_anew":false,"changes":[]}'
