"""Take away what nobody needs any more; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.access.gate import System
from cases.actions import attempts, audit, idempotency, referrals


class Command(BaseCommand):
    """`manage.py tidy`."""

    help = (
        f"Take away idempotency keys older than {idempotency.KEPT_FOR.days} days, and close "
        "referrals that nobody answered in time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        keys, lapsed = attempts.repeated(tidy)
        self.stdout.write(f"Idempotency keys taken away: {keys}")
        self.stdout.write(f"Referrals that lapsed: {lapsed}")


def tidy() -> tuple[int, int]:
    """Take them away and say so in the trail.

    :returns: how many keys, and how many referrals.
    """
    with audit.system("tidying up") as by:
        assert isinstance(by, System)  # noqa: S101 - told to the type checker
        return idempotency.forget_old(by=by), referrals.expire(by=by)
