"""`manage.py tidy`."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases import clock
from cases.models import AuditEntry, IdempotencyKey
from tests.factories import IdempotencyKeyFactory

pytestmark = pytest.mark.django_db


def test_old_keys_go_and_the_trail_says_so(capsys):
    IdempotencyKeyFactory(recorded_at=clock.now() - timedelta(days=31))
    kept = IdempotencyKeyFactory(recorded_at=clock.now() - timedelta(days=29))

    call_command("tidy")

    assert capsys.readouterr().out == ("Idempotency keys taken away: 1\nReferrals that lapsed: 0\n")
    assert list(IdempotencyKey.objects.all()) == [kept]
    assert AuditEntry.objects.filter(reason="tidying up").count() == 1
