"""Counts attempts to get in before they are made, so that no two at once slip through.

The counters stand in the database: a cache of one process would let each process be asked anew,
and one that is read and then written counts twins once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import System, acting_as
from cases.models import SignInCount
from cases.rules import throttling as rules
from cases.rules.throttling import ACCOUNT, ADDRESS, CODE, Budget

LONGEST_REST = timedelta(days=1)


class Throttled(Exception):  # noqa: N818 - a refusal, not a fault
    """Too many attempts; nothing was tried."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, -(-wait // timedelta(seconds=1)))
        super().__init__(
            _("Too many attempts. Wait %(wait)s and try again.") % {"wait": rules.in_words(wait)}
        )


@dataclass(frozen=True)
class Counter:
    """What is counted, against which budget."""

    kind: str
    value: str
    budget: Budget

    @property
    def key(self) -> str:
        """Hide what is counted: nothing of who tried, and from where, is kept."""
        counted = f"{self.kind}:{self.value}"
        return salted_hmac("cases.throttling", counted, algorithm="sha256").hexdigest()


def of_address(address: str) -> Counter:
    """Count the network that an address is of."""
    return Counter("address", rules.neighbourhood(address), ADDRESS)


def of_account(email: str) -> Counter:
    """Count an account that may not exist: what is not there is throttled like what is.

    In capitals first, as PostgreSQL compares: a dotless ı finds the account of an i.
    """
    return Counter("account", email.strip().upper().casefold(), ACCOUNT)


def of_code(user_id: object) -> Counter:
    """Count codes apart from passwords: whoever knows the password must not clear this one."""
    return Counter("code", str(user_id), CODE)


@transaction.atomic
def take(*counters: Counter) -> None:
    """Count one attempt on all counters, or on none.

    :raises Throttled: if one of them has to wait; what was not tried is not counted.
    """
    with acting_as(System("counting an attempt")):
        rows = [(_lock(counter), counter) for counter in counters]
        now = (
            clock.now()
        )  # after the locks: before them it would be older than what they waited for
        wait = max(row.blocked_until - now for row, _ in rows)
        if wait > timedelta(0):
            raise Throttled(wait)
        for row, counter in rows:
            counted = rules.still_counted(row.attempts, row.last_at, now, counter.budget)
            row.attempts, row.last_at = counted + 1, now
            row.blocked_until = now + rules.wait_after(row.attempts, counter.budget)
            row.save(update_fields=["attempts", "last_at", "blocked_until"])
        _forget(now - LONGEST_REST)


@transaction.atomic
def forgive(*, cleared: Iterable[Counter], refunded: Counter) -> None:
    """Forget the attempts of whoever got in; their network gets back only the one they made.

    Else a guesser with one account of their own would clear the count of all their guesses.
    """
    with acting_as(System("counting an attempt")):
        SignInCount.objects.filter(key__in=[counter.key for counter in cleared]).delete()
        row = SignInCount.objects.filter(key=refunded.key, attempts__gt=0)
        row.update(attempts=F("attempts") - 1, blocked_until=F("last_at"))


def _forget(before: datetime) -> None:
    """Drop a few counters at rest; not one that another attempt holds: two would wait in a ring."""
    rows = SignInCount.objects.select_for_update(skip_locked=True).filter(last_at__lt=before)
    SignInCount.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:20])).delete()


def _lock(counter: Counter) -> SignInCount:
    """Lock a counter, so that attempts at the same moment are counted one after another."""
    start = {"last_at": clock.now(), "blocked_until": clock.now()}
    row, _ = SignInCount.objects.select_for_update().get_or_create(key=counter.key, defaults=start)
    return row
