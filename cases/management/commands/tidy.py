"""Take away what nobody needs any more; run it every day."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from cases import clock
from cases.access.gate import System
from cases.actions import attempts, audit, bulk, idempotency, jobs
from cases.models.sqlite import take_stock

UNCONFIRMED_FOR = timedelta(days=1)


class Command(BaseCommand):
    """`manage.py tidy`."""

    help = (
        f"Take away idempotency keys and jobs older than {idempotency.KEPT_FOR.days} days; "
        "on SQLite, gather what its plans rest on."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        keys, ended, unconfirmed = attempts.repeated(tidy)
        self.stdout.write(f"Idempotency keys taken away: {keys}")
        self.stdout.write(f"Jobs that ended long ago: {ended}")
        self.stdout.write(f"Bulk selections that nobody confirmed: {unconfirmed}")
        take_stock(connection)


def tidy() -> tuple[int, int, int]:
    """Take away what is old and say so in the trail.

    :returns: how many keys, jobs and unconfirmed selections.
    """
    with audit.system("tidying up") as by:
        assert isinstance(by, System)  # noqa: S101 - told to the type checker
        return (
            idempotency.forget_old(by=by),
            jobs.forget_old(by=by),
            bulk.forget_old(by=by, before=clock.now() - UNCONFIRMED_FOR),
        )
