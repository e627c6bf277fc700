"""One statement in one round trip: the server told who acts, the statement prepared, answered.

What goes out together is one transaction to PostgreSQL, without a BEGIN: what it was told ends
with it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.utils import OperationalError
from psycopg import Cursor
from psycopg.pq import TransactionStatus

from cases.access.gate import whoever_acts
from cases.access.postgres.cursors import TELL
from cases.access.session import told


def fetch(database: Any, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Read by a prepared statement.

    Where a connection that was kept has been lost meanwhile, it is made anew, once: that asks no
    question before each statement whether the server is still there.
    """
    if database.in_atomic_block or not database.get_autocommit():
        with database.cursor() as cursor:
            cursor.execute(text, values)
            return list(cursor.fetchall())
    was_kept = database.connection is not None
    try:
        return _at_once(database, text, values)
    except OperationalError:
        if (
            not was_kept
            or database.connection.pgconn.transaction_status != TransactionStatus.UNKNOWN
        ):
            raise
    database.close()
    return _at_once(database, text, values)


def _at_once(database: Any, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    database.ensure_connection()
    raw = database.connection
    with database.wrap_database_errors:
        cursor = Cursor(raw)
        with raw.pipeline():
            Cursor(raw).execute(TELL, told(whoever_acts()), prepare=True)
            cursor.execute(text, values, prepare=True)
        return cursor.fetchall()
