"""Keys of writes."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, transaction

from cases import clock
from cases.access.gate import Anonymous, System
from cases.actions import attempts, idempotency
from cases.models import IdempotencyKey
from cases.vocabulary.organisations import Role
from tests.factories import IdempotencyKeyFactory, IndividualFactory

pytestmark = pytest.mark.django_db
SENT = {"key": "k", "method": "POST", "path": "/a/", "body": "{}"}
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_key_leads_to_what_was_written(actor_of):
    by, person = actor_of(), IndividualFactory()

    first = idempotency.claim(by=by, **SENT)
    assert not first.is_settled
    idempotency.settle(first, result=person, status=201)
    again = idempotency.claim(by=by, **SENT)

    assert again.is_settled
    assert (again.result_model, again.result_id, again.status) == ("individual", person.pk, 201)


def test_an_act_without_a_row_is_remembered_too(actor_of):
    by = actor_of()
    idempotency.settle(idempotency.claim(by=by, **SENT), result=None, status=200)

    assert idempotency.claim(by=by, **SENT).result_id is None


@pytest.mark.parametrize("other", [{"method": "PUT"}, {"path": "/b/"}, {"body": "[]"}])
def test_a_key_is_for_one_thing(actor_of, other):
    by = actor_of()
    idempotency.settle(idempotency.claim(by=by, **SENT), result=None, status=200)

    with pytest.raises(idempotency.KeyReused, match="another address or body"):
        idempotency.claim(by=by, **(SENT | other))


def test_what_was_sent_cannot_be_guessed_from_the_table(actor_of, settings):
    by = actor_of()
    mine = idempotency.claim(by=by, **SENT).fingerprint
    IdempotencyKey.objects.all().delete()
    settings.SECRET_KEY = "another server's"

    assert idempotency.claim(by=by, **SENT).fingerprint != mine


@pytest.mark.parametrize("nobody", [Anonymous(), System("tests")])
def test_a_key_belongs_to_a_user(nobody):
    with pytest.raises(PermissionDenied, match="You may not use a key"):
        idempotency.claim(by=nobody, **SENT)


def test_a_key_is_free_again_after_thirty_days(actor_of):
    by = actor_of()
    with clock.fixed(NOON):
        idempotency.settle(idempotency.claim(by=by, **SENT), result=None, status=200)
    with clock.fixed(NOON + timedelta(days=30)):
        assert idempotency.claim(by=by, **SENT).is_settled
    with clock.fixed(NOON + timedelta(days=30, seconds=1)):
        assert not idempotency.claim(by=by, **SENT).is_settled


def test_old_keys_are_taken_away_by_the_server_alone(actor_of):
    IdempotencyKeyFactory(recorded_at=NOON)
    IdempotencyKeyFactory(recorded_at=NOON + timedelta(days=2))

    with clock.fixed(NOON + timedelta(days=31)):
        with pytest.raises(PermissionDenied, match="You may not take keys away"):
            idempotency.forget_old(by=actor_of(Role.ADMINISTRATOR))
        assert idempotency.forget_old(by=System("tests")) == 1
    assert IdempotencyKey.objects.count() == 1


def overtaken_by(monkeypatch, twin):
    """Let a twin be found only after the insert: it came between the look and the write."""
    found = iter([None, twin])
    monkeypatch.setattr(idempotency, "_twin", lambda _taken: next(found))


def test_a_twin_that_was_quicker_is_found_by_the_constraint(actor_of, monkeypatch):
    by = actor_of()
    twin = idempotency.claim(by=by, **SENT)
    idempotency.settle(twin, result=None, status=200)
    overtaken_by(monkeypatch, twin)

    assert idempotency.claim(by=by, **SENT) == twin


def failing_insert(monkeypatch, fault):
    def save(_self, **_options):
        raise fault

    monkeypatch.setattr(IdempotencyKey, "save", save)


def test_a_twin_that_takes_too_long_is_not_waited_for(actor_of, monkeypatch):
    failing_insert(monkeypatch, OperationalError())
    monkeypatch.setattr(attempts, "is_lock_timeout", lambda _fault: True)

    with pytest.raises(idempotency.InProgress, match="under way"):
        idempotency.claim(by=actor_of(), **SENT)


def test_another_fault_of_the_database_stays_one(actor_of, monkeypatch):
    failing_insert(monkeypatch, OperationalError("disk"))

    with pytest.raises(OperationalError, match="disk"):
        idempotency.claim(by=actor_of(), **SENT)


class Postgres:
    """A connection that notes what it is asked."""

    vendor = "postgresql"

    def __init__(self):
        self.asked = []

    @contextmanager
    def cursor(self):
        yield self

    def execute(self, sql, values=()):
        self.asked.append((sql.split("(")[0], *values))

    def fetchone(self):
        return ("7s",)


def test_the_wait_for_a_twin_is_that_of_the_claim_alone(actor_of, monkeypatch):
    noting = Postgres()
    monkeypatch.setattr(idempotency, "connection", noting)

    idempotency.claim(by=actor_of(), **SENT)

    assert noting.asked == [
        ("SELECT current_setting",),
        ("SELECT set_config", "5s"),
        ("SELECT set_config", "7s"),
    ]


def test_no_claim_leaves_another_wait_behind(actor_of):
    shown = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        before = cursor.execute(shown).fetchone()
        idempotency.claim(by=actor_of(), **SENT)

        assert cursor.execute(shown).fetchone() == before


def test_the_database_holds_one_of_two_twins(actor_of):
    by = actor_of()
    first = idempotency.claim(by=by, **SENT)
    twin = IdempotencyKeyFactory.build(principal_id=first.principal_id, key=first.key)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
