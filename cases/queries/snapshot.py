"""One view of the database for a whole page, so that its numbers agree with one another."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot(*, is_long: bool = False) -> Iterator[None]:
    """Read everything in the block as of one moment; inside a transaction, as of that one's.

    A long one, for a command, is not stopped by the limits that hold for requests.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    with _without_write_lock(connection), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                if is_long:
                    cursor.execute("SET LOCAL statement_timeout = 0")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


@contextmanager
def _without_write_lock(database: Any) -> Iterator[None]:
    """Begin as a reader: our SQLite transactions begin with the write lock, for writers' sake.

    A page that took it would stand in the queue of everybody who saves.
    """
    if database.vendor != "sqlite":
        yield
        return
    mode, database.transaction_mode = database.transaction_mode, None
    try:
        yield
    finally:
        database.transaction_mode = mode
