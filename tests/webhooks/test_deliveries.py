"""A change reaches the partner's server: at least once, under one id, whoever dies in between."""

import hmac
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.actions import changes, individuals, organisations, places, webhooks
from cases.exchange.webhooks import post
from cases.jobs import webhooks as job
from cases.models import Change, Task, User, Webhook, WebhookDelivery
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def partner(user_of):
    return user_of(Role.PARTNER)


@pytest.fixture
def webhook(partner, receiver):
    with acting_as(Actor.of(partner)) as by:
        return webhooks.add(by=by, url=receiver.url)


def add_place(user, name):
    by = System("tests")
    return places.add(by=by, organisation=user.organisation, kind="settlement", name=name)


def test_a_change_is_told_by_its_id_alone(partner, webhook, receiver):
    with acting_as(Actor.of(partner)) as by:
        person = individuals.register(
            by=by, names=[{"text": "Canary Petrova", "language_tag": "ru-Latn"}]
        )

    job.deliver("")

    assert ("individuals", str(person.pk), "changed") in receiver.told
    (headers, body), = receiver.sent  # fmt: skip
    assert b"Canary" not in body
    assert {*json.loads(body)["changes"][0]} == {"collection", "id", "change"}
    signed = f"{headers['X-Tracker-Timestamp']}.".encode() + body
    secret = webhooks.secret_of(Webhook.objects.get())
    expected = hmac.new(secret.encode(), signed, sha256).hexdigest()
    assert headers["X-Tracker-Signature"] == f"v1={expected}"
    assert headers["X-Tracker-Delivery"] == json.loads(body)["id"]


def test_what_the_user_may_not_see_is_not_told(partner, webhook, receiver, user_of):
    with acting_as(Actor.of(user_of(Role.SUPERVISOR))) as by:
        individuals.register(by=by)

    job.deliver("")

    assert receiver.told == {("webhooks", str(webhook.pk), "changed")}  # of itself: it works


def test_only_the_collections_asked_for_are_told(partner, webhook, receiver):
    with acting_as(Actor.of(partner)) as by:
        webhooks.amend(webhook, by=by, version=1, collections="individuals")
        person = individuals.register(by=by, names=[{"text": "Anna", "language_tag": "ru-Latn"}])
    job.deliver("")

    assert receiver.told == {("individuals", str(person.pk), "changed")}


def test_a_failure_is_tried_again_later_and_the_rest_waits_in_the_feed(partner, webhook, receiver):
    receiver.answers = [500, 302]
    with clock.fixed(NOON):
        add_place(partner, "One")
        job.deliver("")
        job.deliver("")
        add_place(partner, "Two")
    with clock.fixed(NOON + timedelta(minutes=2)):
        job.deliver("")
        assert WebhookDelivery.objects.count() == 1
    with clock.fixed(NOON + timedelta(minutes=10)):
        job.deliver("")

    assert len(receiver.sent) == 4  # twice in vain, a redirect among them; never elsewhere
    assert len({body["id"] for body in receiver.bodies}) == 2
    assert [row.state for row in WebhookDelivery.objects.all()] == ["delivered"] * 2


def test_after_days_in_vain_it_is_switched_off_and_somebody_is_told(
    partner, webhook, receiver, user_of
):
    supervisor = user_of(Role.SUPERVISOR)
    receiver.answers = [500] * 100
    add_place(partner, "One")
    moment = clock.now()
    for _hours in range(0, 90, 6):
        with clock.fixed(moment):
            job.deliver("")
        moment += timedelta(hours=6)

    assert Webhook.objects.get().state == "disabled"
    assert Task.objects.get().assigned_to_id == supervisor.pk
    assert WebhookDelivery.objects.get().state == "given_up"
    receiver.answers, sent = [], len(receiver.sent)
    job.deliver("")
    assert len(receiver.sent) == sent

    row = Webhook.objects.get()
    add_place(partner, "Two")
    webhooks.amend(row, by=System("tests"), version=row.version, state="active")
    job.deliver("")
    assert {row.state for row in WebhookDelivery.objects.all()} == {"delivered"}
    assert len({body["id"] for body in receiver.bodies}) == 2


def test_a_delivery_is_replayed_under_its_id(partner, webhook, receiver, api_of):
    add_place(partner, "One")
    job.deliver("")
    delivery = WebhookDelivery.objects.get()

    answer = api_of(partner).post(f"/api/v1/webhook-deliveries/{delivery.pk}/replay/")
    job.deliver("")

    assert answer.status_code == 200
    assert [body["id"] for body in receiver.bodies] == [str(delivery.pk)] * 2
    assert receiver.sent[0][1] == receiver.sent[1][1]


def test_with_other_rights_it_is_told_to_begin_anew(partner, webhook, receiver):
    user = User.objects.get(pk=partner.pk)
    organisations.amend_user(user, by=System("tests"), version=1, is_cleared_for_restricted=True)

    job.deliver("")

    assert [(body["begin_anew"], body["changes"]) for body in receiver.bodies] == [(True, [])]


def test_nobody_who_may_not_sign_in_is_told(partner, webhook, receiver):
    user = User.objects.get(pk=partner.pk)
    organisations.amend_user(user, by=System("tests"), version=1, is_active=False)
    add_place(partner, "One")

    job.deliver("")

    assert receiver.sent == []


def test_the_secret_is_shown_once(partner, api_of, receiver):
    client = api_of(partner)

    added = client.post("/api/v1/webhooks/", {"url": receiver.url})
    row = added.json()

    assert added.status_code == 201
    assert row["secret"] == webhooks.secret_of(Webhook.objects.get(pk=row["id"]))
    assert row["secret"] not in Webhook.objects.get(pk=row["id"]).sealed_secret
    assert client.get(f"/api/v1/webhooks/{row['id']}/").json()["secret"] is None
    assert client.get("/api/v1/webhooks/").json()["results"][0]["secret"] is None


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://example.org:22/", "https://u:p@example.org/", "https://",
     "ftp://example.org/", "https://example.org:x/", "//example.org/"],
)  # fmt: skip
def test_an_address_that_is_not_sent_to_is_refused(partner, url):
    with acting_as(Actor.of(partner)) as by, pytest.raises(ValidationError):
        webhooks.add(by=by, url=url)


class Killed(BaseException):
    """What a worker dies of: nothing catches it."""


class Scythe:
    """Kills before or after an act, at random, so many times."""

    def __init__(self, deaths):
        self.random, self.left, self.deaths = Random(7), deaths, 0  # noqa: S311 (when it dies)

    def swing(self, *, now):
        if now and self.left:
            self.left, self.deaths = self.left - 1, self.deaths + 1
            raise Killed

    def over(self, act):
        def tried(*args, **kwargs):
            at = self.random.random()
            self.swing(now=at < 0.2)
            done = act(*args, **kwargs)
            self.swing(now=at > 0.8)
            return done

        return tried


def test_nothing_is_lost_when_the_worker_is_killed(partner, webhook, receiver, monkeypatch):
    scythe, moment = Scythe(20), clock.now()
    for name in ("fill", "claim", "note_result"):
        monkeypatch.setattr(webhooks, name, scythe.over(getattr(webhooks, name)))
    monkeypatch.setattr("cases.jobs.webhooks.post", scythe.over(post))
    for number in range(60):
        moment += timedelta(minutes=30)
        with clock.fixed(moment), suppress(Killed):
            if number < 40:
                add_place(partner, f"Village {number}")
            job.deliver("")

    assert scythe.deaths == 20
    changed = Change.objects.filter(model="place").values_list("row_id", flat=True)
    places_told = {row for row in receiver.told if row[0] == "places"}
    assert places_told == {("places", str(key), "changed") for key in changed}
    bodies = {(headers["X-Tracker-Delivery"], body) for headers, body in receiver.sent}
    assert len(bodies) == WebhookDelivery.objects.count()  # again means the same, to the letter


def test_the_system_has_nobody_to_tell():
    with pytest.raises(PermissionDenied, match="what they may see"):
        webhooks.add(by=System("tests"), url="https://partner.example.org/hook")


def test_what_is_switched_off_sends_nothing_again(partner, webhook, receiver):
    add_place(partner, "Sudzha")
    job.deliver("")
    delivery = WebhookDelivery.objects.order_by("recorded_at").last()
    assert delivery is not None
    with acting_as(Actor.of(partner)) as by:
        off = webhooks.amend(webhook, by=by, version=None, state="disabled")
        with pytest.raises(ValidationError, match="switched off"):
            webhooks.replay(delivery, by=by)

    assert off.disabled_at is not None


def test_after_a_restore_it_is_told_to_begin_anew(partner, webhook, receiver):
    job.deliver("")
    changes.begin_anew(by=System("tests"))
    job.deliver("")

    assert receiver.bodies[-1]["begin_anew"] is True


def test_of_two_workers_one_takes_a_delivery(partner, webhook, receiver):
    receiver.answers = [500]
    job.deliver("")
    delivery = WebhookDelivery.objects.get()
    late = WebhookDelivery.objects.get()
    delivery.attempts, late.attempts = delivery.attempts, delivery.attempts + 5

    assert webhooks.claim(delivery, by=System("tests"))
    assert not webhooks.claim(late, by=System("tests"))
