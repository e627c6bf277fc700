"""The only reader of the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


def now() -> datetime:
    """Give the moment, in UTC; inside :func:`fixed`, the moment fixed there."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """Give the day, in the server's time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the day of a moment, in the server's time zone."""
    return timezone.localdate(moment)


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment``: for building fixtures and for tests."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
