"""Take away what nobody needs any more; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.access.gate import System
from cases.actions import attempts, audit, idempotency


class Command(BaseCommand):
    """`manage.py tidy`."""

    help = f"Take away idempotency keys older than {idempotency.KEPT_FOR.days} days."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Idempotency keys taken away: {attempts.repeated(tidy)}")


def tidy() -> int:
    """Take them away and say so in the trail.

    :returns: how many.
    """
    with audit.system("tidying up") as by:
        assert isinstance(by, System)  # noqa: S101 - told to the type checker
        return idempotency.forget_old(by=by)
