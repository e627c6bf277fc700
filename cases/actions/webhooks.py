"""Webhooks: added, changed, filled from the feed, and what became of each delivery."""

import json
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _, gettext_noop

from cases import clock
from cases.access.actor import AnyActor
from cases.access.collections import NAMES
from cases.access.gate import Actor, System, acting_as, require
from cases.access.roles import Act
from cases.access.session import label
from cases.actions import audit, casework, recording
from cases.actions.sealed_secrets import opened, seal
from cases.models import Organisation, User, Webhook, WebhookDelivery
from cases.queries import changes
from cases.queries.changes import BeginAnew, Entry, Place, Position
from cases.rules import webhooks as rules
from cases.vocabulary.organisations import Role
from cases.vocabulary.webhooks import DeliveryState, WebhookState

KEEP = Act.KEEP_WEBHOOKS
PORTION = 200
"""Changes of one delivery, at most."""
_PURPOSE = b"webhooks"
_KEEPING = "keeping deliveries"
_STOPPED = gettext_noop("A webhook was switched off: nothing has arrived there for days.")


@transaction.atomic
def add(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Webhook:
    """Have changes sent to an address, from now on; what is sent is what ``by`` may see.

    :raises PermissionDenied: for the system, which sees more than anybody should be told.
    """
    require(by, KEEP)
    if not isinstance(by, Actor):
        message = _("You may not add a webhook: it tells somebody of what they may see.")
        raise PermissionDenied(message)
    now = changes.present()
    return recording.add(
        Webhook,
        by=by,
        act=KEEP,
        organisation=organisation,
        sealed_secret=seal(secrets.token_urlsafe(32), purpose=_PURPOSE),
        rights=label(by),
        **_cursor(now),
        **fields,
    )


@transaction.atomic
def amend(webhook: Webhook, *, by: AnyActor, version: int | None, **changes: Any) -> Webhook:
    """Change where changes are sent, or stop it; active again, it is told what it missed."""
    require(by, KEEP)
    state = changes.get("state", webhook.state)
    if state != webhook.state:
        is_off = state == WebhookState.DISABLED
        changes["disabled_at"] = clock.now() if is_off else None
    amended = recording.amend(webhook, by=by, act=KEEP, version=version, **changes)
    if amended.state == WebhookState.ACTIVE:
        with acting_as(System(_KEEPING)):
            Webhook.objects.filter(pk=amended.pk).update(failing_since=None)
            given_up = WebhookDelivery.objects.filter(webhook=amended, state=DeliveryState.GIVEN_UP)
            given_up.update(state=DeliveryState.WAITING, attempts=0, next_at=clock.now())
    return amended


def secret_of(webhook: Webhook) -> str:
    """Give the secret that deliveries are signed with; shown to whoever adds the webhook alone."""
    return opened(webhook.sealed_secret, purpose=_PURPOSE)


@transaction.atomic
def replay(
    delivery: WebhookDelivery,
    *,
    by: AnyActor,
    version: int | None = None,  # noqa: ARG001
) -> WebhookDelivery:
    """Send a delivery once more, under the same id; nobody edits one, so it has no version.

    :raises ValidationError: for a webhook that is switched off.
    """
    require(by, KEEP)
    recording.require_own(by, delivery)  # type: ignore[arg-type]
    with acting_as(System(_KEEPING)):
        webhook = Webhook.objects.get(pk=delivery.webhook_id)
        if webhook.state != WebhookState.ACTIVE:
            message = _("This webhook is switched off. Make it active first.")
            raise recording.refusal("webhook", message, "disabled")
        _settle(delivery, state=DeliveryState.WAITING, next_at=clock.now(), attempts=0)
    audit.note(
        by=by,
        act="replayed",
        model="webhookdelivery",
        organisation_id=delivery.organisation_id,
        target_id=delivery.pk,
    )
    return delivery


@transaction.atomic
def fill(webhook: Webhook, *, by: AnyActor) -> WebhookDelivery | None:
    """Put the next changes into a delivery, and go on in the feed: both, or neither.

    One at a time: while a delivery waits, the feed keeps the rest.

    :raises PermissionDenied: for anybody but the system.
    """
    _only_the_system(by)
    recording.hold(Webhook, webhook.pk)  # two workers would tell the same twice
    webhook = Webhook.objects.get(pk=webhook.pk)
    waiting = WebhookDelivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    if webhook.state != WebhookState.ACTIVE or waiting.exists():
        return None
    reader = _reader_of(webhook)
    if reader is None:
        return None
    with acting_as(reader):
        told, position, is_anew = _next(webhook, reader)
    Webhook.objects.filter(pk=webhook.pk).update(rights=label(reader), **_cursor(position))
    if not told and not is_anew:
        return None
    return _put(webhook, told, is_anew=is_anew)


def _reader_of(webhook: Webhook) -> Actor | None:
    """Give whoever is told, if they may still sign in and be told."""
    users = User.objects.filter(is_active=True, organisation__is_active=True)
    user = users.filter(pk=webhook.recorded_by_id or webhook.pk).first()
    reader = None if user is None else Actor.of(user)
    return reader if reader is not None and reader.may(KEEP) else None


def _next(webhook: Webhook, reader: Actor) -> tuple[list[Entry], Position, bool]:
    """Read on in the feed as the user; with other rights than before, all is to be read anew."""
    after = Position(webhook.epoch, Place(webhook.written_in, webhook.number))
    if webhook.rights != label(reader):
        return [], changes.present(), True
    try:
        page = changes.page(after, PORTION)
    except BeginAnew:
        return [], changes.present(), True
    wanted = set(webhook.collections.split())
    told = [entry for entry in page.entries if not wanted or NAMES[entry.model] in wanted]
    return told, page.next, False


def _put(webhook: Webhook, told: Iterable[Entry], *, is_anew: bool) -> WebhookDelivery:
    keeper: Any = {
        "organisation_id": webhook.organisation_id,
        "recorded_by_id": webhook.recorded_by_id,
    }
    delivery = WebhookDelivery(webhook=webhook, **keeper)
    rows = [
        {"collection": NAMES[entry.model], "id": str(entry.key), "change": entry.kind.value}
        for entry in told
    ]
    body = {"id": str(delivery.pk), "begin_anew": is_anew, "changes": rows}
    delivery.body = json.dumps(body, separators=(",", ":"))
    delivery.save(force_insert=True)
    return delivery


@transaction.atomic
def claim(delivery: WebhookDelivery, *, by: AnyActor) -> bool:
    """Take a delivery for one attempt; whoever dies with it in hand leaves it to the next one.

    :raises PermissionDenied: for anybody but the system.
    """
    _only_the_system(by)
    rows = WebhookDelivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, state=DeliveryState.WAITING
    )
    later = clock.now() + rules.pause(delivery.attempts + 1)
    if rows.update(attempts=F("attempts") + 1, next_at=later) != 1:
        return False
    delivery.refresh_from_db()
    return True


@transaction.atomic
def note_result(
    delivery: WebhookDelivery, *, by: AnyActor, status: int | None, fault: str = ""
) -> None:
    """Note what came of an attempt; after days in vain switch the webhook off, and say so.

    :raises PermissionDenied: for anybody but the system.
    """
    _only_the_system(by)
    told: dict[str, Any] = {"last_status": status, "last_fault": fault[:80]}
    now = clock.now()
    webhook = Webhook.objects.filter(pk=delivery.webhook_id)
    if not fault:
        _settle(delivery, state=DeliveryState.DELIVERED, delivered_at=now, **told)
        webhook.update(failing_since=None)
        return
    _settle(delivery, **told)
    webhook.filter(failing_since__isnull=True).update(failing_since=now)
    found = webhook.get()
    since = found.failing_since or now
    if found.state == WebhookState.ACTIVE and now - since >= rules.GIVES_UP_AFTER:
        _settle(delivery, state=DeliveryState.GIVEN_UP)
        _switch_off(found, by=by)


def _switch_off(webhook: Webhook, *, by: AnyActor) -> None:
    off = {"state": WebhookState.DISABLED, "disabled_at": clock.now()}
    recording.settle(webhook, off, by=by, act="switched off", reason="Nothing arrives there.")
    casework.add_task(
        by=by,
        organisation=webhook.organisation,
        title=_STOPPED,
        due_on=clock.today(),
        assigned_to=_supervisor(webhook.organisation_id),
    )


def _supervisor(organisation: Any) -> User | None:
    users = User.objects.filter(organisation=organisation, role=Role.SUPERVISOR, is_active=True)
    return users.order_by("recorded_at", "pk").first()


def _settle(delivery: WebhookDelivery, **values: Any) -> None:
    for name, value in values.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(values))


def _cursor(position: Position) -> dict[str, int]:
    place = position.place
    return {
        "epoch": position.epoch,
        "written_in": place.written_in,
        "number": place.number,
    }


def _only_the_system(by: AnyActor) -> None:
    if not isinstance(by, System):
        message = "You may not deliver; the worker does."
        raise PermissionDenied(message)
