"""How long whoever guesses has to wait, and who counts as one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.translation import ngettext

LONGEST_WAIT = timedelta(minutes=15)
"""Never longer, so that nobody can lock somebody else out for good by guessing badly."""


@dataclass(frozen=True)
class Budget:
    """How many attempts are free, and after how long a rest the count begins anew."""

    free: int
    rest: timedelta


MINUTE = 60
PREFIX_BITS = {4: 24, 6: 64}

ACCOUNT = Budget(free=5, rest=timedelta(days=1))
CODE = Budget(free=5, rest=timedelta(days=1))
ADDRESS = Budget(free=100, rest=timedelta(hours=1))
"""A whole office is behind one address: its own mistakes must not close the door for all."""


def wait_after(attempts: int, budget: Budget) -> timedelta:
    """Give the wait after so many attempts without success: 1 second, 2, 4 … up to the longest."""
    beyond = attempts - budget.free
    if beyond < 0:
        return timedelta(0)
    return min(LONGEST_WAIT, timedelta(seconds=2 ** min(beyond, 10)))


def still_counted(attempts: int, last: datetime, now: datetime, budget: Budget) -> int:
    """Give the attempts that count: none after a rest."""
    return attempts if now - last < budget.rest else 0


def in_words(wait: timedelta) -> str:
    """Say a wait as a person would: “9 seconds”, “4 minutes”."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // MINUTE)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def neighbourhood(address: str) -> str:
    """Give the network that counts as one caller: whoever has one address of it has them all."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found, PREFIX_BITS[found.version]), strict=False))


def caller(peer: str, forwarded: str, proxies: int) -> str:
    """Give the address of the caller, as told by the outermost of our own proxies.

    What stands further left in `X-Forwarded-For` is the caller's own word and is not believed.
    """
    told = [part.strip() for part in forwarded.split(",")] if forwarded else []
    return told[-proxies] if 0 < proxies <= len(told) else peer
