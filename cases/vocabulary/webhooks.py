"""Webhooks: telling a partner's own server that something changed."""

from cases.vocabulary.base import Terms


class WebhookState(Terms):
    ACTIVE = "active", "Changes are sent.", "Active"
    DISABLED = "disabled", "Nothing is sent; what was missed follows once it is active.", "Disabled"


class DeliveryState(Terms):
    WAITING = "waiting", "To be sent, or to be tried again.", "Waiting"
    DELIVERED = "delivered", "The other server has taken it.", "Delivered"
    GIVEN_UP = "given_up", "Tried for days in vain.", "Given up"
