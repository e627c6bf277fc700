"""`manage.py tidy`."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from cases import clock
from cases.models import AuditEntry, IdempotencyKey
from tests.factories import IdempotencyKeyFactory

pytestmark = pytest.mark.django_db


def test_old_keys_go_and_the_trail_says_so(capsys):
    IdempotencyKeyFactory(recorded_at=clock.now() - timedelta(days=31))
    kept = IdempotencyKeyFactory(recorded_at=clock.now() - timedelta(days=29))

    call_command("tidy")

    assert "Idempotency keys taken away: 1\n" in capsys.readouterr().out
    assert list(IdempotencyKey.objects.all()) == [kept]
    assert AuditEntry.objects.filter(reason="tidying up").count() == 1


def test_sqlite_takes_stock_of_its_indexes(db):
    call_command("tidy")

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1")
            assert cursor.fetchone()[0] > 0
