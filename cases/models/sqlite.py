"""Checks that keep the server from starting on an SQLite that could lose what it acknowledged."""

import sqlite3
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

SAFE_FOR_SEVERAL = (3, 51, 3)
"""Before it, two processes that write in WAL mode can spoil the file (docs/adr/0009)."""

_FULL, _ON, _PRIVATE = 2, 1, 0o600
_SAMPLED = 1000


def check_sqlite(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Give the faults of the databases that are asked about; none of PostgreSQL's."""
    asked = [connections[alias] for alias in databases or ()]
    embedded = [connection for connection in asked if connection.vendor == "sqlite"]
    return [fault for connection in embedded for fault in faults(connection)]


def faults(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    """Ask an open database how it is set, rather than the settings how it should be."""
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        hint = f"Look at {connection.settings_dict['NAME']}: it must be a file on a local disk."
        yield Error(f"SQLite cannot open its database: {fault}.", hint, id="cases.E026")
        return
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        hint = "Set transaction_mode to IMMEDIATE in its OPTIONS: take them from SQLITE_OPTIONS."
        yield Error("SQLite does not lock when a transaction begins.", hint, id="cases.E020")
    if _pragma(connection, "synchronous") < _FULL:
        hint = "Add PRAGMA synchronous=FULL to its init_command."
        yield Error("SQLite would lose writes in a power cut.", hint, id="cases.E021")
    if _pragma(connection, "foreign_keys") != _ON:
        hint = "Add PRAGMA foreign_keys=ON to its init_command."
        yield Error("SQLite does not hold foreign keys.", hint, id="cases.E022")
    if not connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield from _faults_of_file(connection)


def _faults_of_file(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    if _pragma(connection, "journal_mode") != "wal":
        hint = "Add PRAGMA journal_mode=WAL to its init_command; keep the file on a local disk."
        yield Error("SQLite does not keep a write-ahead log.", hint, id="cases.E023")
    if settings.WORKERS > 1 and sqlite3.sqlite_version_info < SAFE_FOR_SEVERAL:
        hint = "Set WORKERS=1, or set DATABASE_URL to a PostgreSQL."
        words = f"SQLite {sqlite3.sqlite_version} is not safe with {settings.WORKERS} processes."
        yield Error(words, hint, id="cases.E024")
    path = Path(connection.settings_dict["NAME"])
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & ~_PRIVATE:
        hint = f"Run: chmod 600 {path}"
        yield Error(f"Others may read the database (mode {mode:o}).", hint, id="cases.E025")


def take_stock(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite look at some rows of each index: without, it takes all indexes for equally good.

    It then reads all that an organisation has, to find fifty people by their ids. PostgreSQL does
    this by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={_SAMPLED}")
            cursor.execute("ANALYZE")


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]
