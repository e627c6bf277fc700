"""Cursors that tell PostgreSQL who acts, before a statement runs.

The settings last as long as the transaction (`SET LOCAL`), so that nothing of them is left on a
connection that serves somebody else next, whoever lends it: Django, psycopg's pool or PgBouncer.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.db.backends.postgresql.base import Cursor, ServerBindingCursor
from psycopg import ClientCursor, Connection, Copy
from psycopg.pq import TransactionStatus

from cases.access.gate import whoever_acts
from cases.access.session import ACTOR, NOBODY, ORGANISATION, USER, Told, told

TELL = "SELECT " + ", ".join(
    f"set_config('{name}', %s, true)" for name in (ACTOR, ORGANISATION, USER)
)
_TOLD = "told_who_acts"
_FIRST_WORD = re.compile(r"\s*(\w+)")
_READS_NOTHING = frozenset(
    {
        *("begin", "start", "savepoint", "release", "rollback", "abort", "commit", "end"),
        *("set", "show", "reset", "lock", "listen", "unlisten", "notify"),
        *("create", "alter", "drop", "comment", "grant", "revoke", "truncate"),
        *("analyze", "cluster", "reindex", "vacuum"),
    }
)
"""Statements that touch no row of a guarded table. Some must come first in a transaction, some
may not be in one."""


class Telling:
    """What our cursors add to psycopg's."""

    connection: Connection[Any]

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        with _told(self.connection, query):
            return super().execute(query, params, **options)  # type: ignore[misc]

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        with _told(self.connection, query):
            super().executemany(query, params_seq, **options)  # type: ignore[misc]

    @contextmanager
    def copy(self, statement: Any, params: Any = None, **options: Any) -> Iterator[Copy]:
        with (
            _told(self.connection, statement),
            super().copy(statement, params, **options) as copy,  # type: ignore[misc]
        ):
            yield copy

    def stream(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse: rows would be read while somebody else may act already."""
        message = "Rows are not streamed past row security. Use execute() or copy()."
        raise NotImplementedError(message)


class TellingCursor(Telling, Cursor):
    """Django's usual cursor."""


class TellingServerBindingCursor(Telling, ServerBindingCursor):
    """Django's cursor for the option `server_side_binding`."""


@contextmanager
def _told(connection: Connection[Any], query: Any) -> Iterator[None]:
    """Run the block's statement in a transaction that knows who acts now."""
    if _reads_nothing(query):
        try:
            yield
        finally:  # going back to a savepoint takes back what was told since
            _note(connection, None)
        return
    wanted = told(whoever_acts())
    is_idle = connection.pgconn.transaction_status == TransactionStatus.IDLE
    if is_idle:
        _note(connection, NOBODY)
    if is_idle and connection.autocommit and wanted != NOBODY:
        with connection.transaction():
            _tell(connection, wanted)
            yield
        return
    if getattr(connection, _TOLD, None) != wanted:
        _tell(connection, wanted)
    yield


def _reads_nothing(query: Any) -> bool:
    word = _FIRST_WORD.match(query) if isinstance(query, str) else None
    return word is not None and word[1].lower() in _READS_NOTHING


def _tell(connection: Connection[Any], wanted: Told) -> None:
    """Set all in one round trip, by a cursor that tells nothing itself."""
    _note(connection, None)
    ClientCursor(connection).execute(TELL, wanted)
    _note(connection, wanted)


def _note(connection: Connection[Any], known: Told | None) -> None:
    """Keep what this transaction was told; None where it is not known for certain."""
    setattr(connection, _TOLD, known)
