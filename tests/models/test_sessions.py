"""The engine of sessions: what Django's middleware asks of it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command

from cases import clock
from cases.models import Session, sessions as engine
from cases.models.sessions import SessionStore
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def kept():
    store = SessionStore()
    store["a"] = 1
    store.save()
    return store


def test_what_is_kept_is_read_again():
    assert SessionStore(kept().session_key)["a"] == 1


def test_a_key_that_nobody_was_given_is_not_taken_on():
    store = SessionStore("chosen-by-somebody-else-00000000")

    assert store.get("a") is None
    store["a"] = 1
    store.save()
    assert store.session_key != "chosen-by-somebody-else-00000000"


def test_a_session_that_was_ended_does_not_come_back():
    store = kept()
    store["a"] = 2
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_two_of_one_key_are_not_made(monkeypatch):
    taken = kept().session_key
    keys = iter([taken, "another-key-another-key-another-0"])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda _self: next(keys))

    assert kept().session_key == "another-key-another-key-another-0"


def test_deleting():
    store = kept()
    assert store.exists(store.session_key)
    SessionStore().delete()
    assert store.exists(store.session_key)

    SessionStore().delete(store.session_key)

    assert not store.exists(store.session_key)


def test_what_is_over_is_forgotten_on_command():
    SessionFactory(expires_at=clock.now() - timedelta(seconds=1))
    alive = SessionFactory()

    call_command("clearsessions")

    assert [row.pk for row in Session.objects.all()] == [alive.pk]


def test_nobody_signed_in_has_ten_minutes():
    row = Session.objects.get(pk=engine.id_of(kept().session_key))

    assert row.expires_at - row.started_at == timedelta(minutes=10)
