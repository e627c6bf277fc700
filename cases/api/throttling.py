"""How often one token may ask: so many requests a minute, and as many at once.

Counted in each worker by itself and forgotten with it: a limit against runaway clients, not a
ledger. It takes one number a token, whatever the rate (the generic cell rate algorithm of ATM
Forum UNI 4.0, appendix I: the theoretical arrival time).
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

_MINUTE = 60.0
MOST_KNOWN = 10_000
"""Tokens that are remembered; the one that asked longest ago is forgotten first."""


@dataclass
class Bucket:
    """What each of many callers has left of ``per_minute``."""

    per_minute: int
    _due: "OrderedDict[Any, float]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: Any, now: float) -> tuple[int, float]:
        """Take one; give how many are left, and for how many seconds there is none.

        Seconds are above 0 where nothing was taken.
        """
        step = _MINUTE / self.per_minute
        with self._lock:
            due = max(self._due.get(caller, now), now)
            wait = due + step - now - _MINUTE
            if wait > 0:
                return 0, wait
            self._due[caller] = due + step
            self._due.move_to_end(caller)
            while len(self._due) > MOST_KNOWN:
                self._due.popitem(last=False)
        return int((now + _MINUTE - due - step) / step), 0.0


_bucket = Bucket(settings.API_REQUESTS_PER_MINUTE)


def checked(request: Request) -> dict[str, str]:
    """Count a request of whoever calls, and give the headers that tell what is left.

    :raises Throttled: for one too many.
    """
    if not _bucket.per_minute or not request.user.is_authenticated:
        return {}
    left, wait = _bucket.take(request.auth or request.user.pk, time.monotonic())
    if wait:
        raise Throttled(wait)
    return {"RateLimit-Limit": str(_bucket.per_minute), "RateLimit-Remaining": str(left)}
