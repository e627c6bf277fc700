"""Take away what nobody needs any more; run it every day."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from cases import clock
from cases.access.gate import System
from cases.actions import attempts, audit, bulk, idempotency, jobs, names, referrals
from cases.models.sqlite import take_stock

UNCONFIRMED_FOR = timedelta(days=1)


class Command(BaseCommand):
    """`manage.py tidy`."""

    help = (
        f"Take away idempotency keys and jobs older than {idempotency.KEPT_FOR.days} days and what "
        "nobody confirmed, close referrals that nobody answered in time, forget unused names; "
        "on SQLite, gather what its plans rest on."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for what, number in attempts.repeated(tidy).items():
            self.stdout.write(f"{what}: {number}")
        take_stock(connection)


def tidy() -> dict[str, int]:
    """Take away what is old and say so in the trail.

    :returns: how many of each.
    """
    with audit.system("tidying up") as by:
        assert isinstance(by, System)  # noqa: S101 - told to the type checker
        return {
            "Idempotency keys taken away": idempotency.forget_old(by=by),
            "Jobs that ended long ago": jobs.forget_old(by=by),
            "Bulk selections that nobody confirmed": bulk.forget_old(
                by=by, before=clock.now() - UNCONFIRMED_FOR
            ),
            "Referrals that lapsed": referrals.expire(by=by),
            "Words that no name holds any more": names.forget_unused(),
        }
