"""A write that lost against another one is tried again; there is one place that says how often."""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection

T = TypeVar("T")
ATTEMPTS = 3
PATIENCE = 10.0
"""Seconds after which there is no further try: on SQLite one may have waited for 20 already, and
the caller does not wait for ever."""

_SERIALIZATION, _DEADLOCK, _LOCK_TIMEOUT = "40001", "40P01", "55P03"
_BUSY_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY = 0xFF  # the kind of an SQLite error is its lowest byte


def repeated(once: Callable[[], T]) -> T:
    """Carry out a transaction, up to three times while others are in the way.

    Inside an outer transaction there is no again: that one is lost as a whole.

    :raises OperationalError: where the others stayed in the way; nothing was written.
    """
    began = time.monotonic()
    for attempt in range(1, ATTEMPTS):
        try:
            return once()
        except OperationalError as fault:
            is_late = time.monotonic() - began > PATIENCE
            if is_late or connection.in_atomic_block or not is_busy(fault):
                raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - jitter, no secret
    return once()


def is_busy(fault: DatabaseError) -> bool:
    """Say whether another transaction was in the way: the same may succeed at once."""
    cause = fault.__cause__
    if getattr(cause, "sqlstate", None) in {_SERIALIZATION, _DEADLOCK, _LOCK_TIMEOUT}:
        return True
    return (getattr(cause, "sqlite_errorcode", 0) & _PRIMARY) in _BUSY_SQLITE


def is_lock_timeout(fault: DatabaseError) -> bool:
    """Say whether PostgreSQL gave up waiting for a lock."""
    return getattr(fault.__cause__, "sqlstate", None) == _LOCK_TIMEOUT
