"""The two databases, made ready once and copied for each part; asked here in plain SQL.

What is written is judged from outside: not by the code that wrote it.
"""

import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests import postgres

DURABLE = ("listen_addresses=", "fsync=on", "synchronous_commit=on", "max_connections=60")
ORIGIN = "origin"


class Store(Protocol):
    """A database of an installation in a folder."""

    name: str
    kind: str
    """As TEST_DATABASE names it."""

    def environment(self, part: str, /) -> dict[str, str]:
        """Say where the installation of a part finds it."""

    def ownership(self, part: str, /) -> dict[str, str]:
        """Say who may make its tables."""

    def copy(self, part: str, /) -> None:
        """Make the database of a part from the one made ready."""

    def rows(self, part: str, query: str) -> list[tuple[Any, ...]]:
        """Read from outside."""

    def change(self, part: str, statement: str) -> None:
        """Write from outside."""

    def fault(self, part: str) -> str:
        """Say what is wrong with the file or the cluster; nothing if it is sound."""

    def close(self) -> None:
        """End what was started."""


class Sqlite:
    """The embedded database: a file in the folder of the installation."""

    name, kind = "SQLite", "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def environment(self, _part: str) -> dict[str, str]:
        return {"DATABASE_URL": "", "DATABASE_OWNER_URL": ""}

    def ownership(self, _part: str) -> dict[str, str]:
        return {}

    def copy(self, _part: str) -> None:
        """Do nothing: the file has come with its folder."""

    def rows(self, part: str, query: str) -> list[tuple[Any, ...]]:
        file = self._folder / part / "tracker.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def change(self, part: str, statement: str) -> None:
        file = self._folder / part / "tracker.sqlite3"
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            connection.execute(statement)
            connection.commit()

    def fault(self, part: str) -> str:
        found = [row[0] for row in self.rows(part, "PRAGMA integrity_check")]
        return "" if found == ["ok"] else "; ".join(found[:3])

    def close(self) -> None:
        """Do nothing: nothing runs."""


class Postgres:
    """A private server that syncs every commit, with one database a part."""

    name, kind = "PostgreSQL", "postgres"

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._home = folder / "postgres"
        self._home.mkdir()
        if postgres.is_root():
            folder.chmod(0o711)
            shutil.chown(self._home, postgres.UNPRIVILEGED)
        self._binaries = postgres.within_reach(binaries, self._home)
        postgres.initialise(self._binaries, self._home)
        self._start()
        self._run(f"CREATE DATABASE {ORIGIN}")

    def _start(self) -> None:
        self._server = postgres.launch(self._binaries, self._home, DURABLE)
        postgres.await_answer(self._server, self._url("postgres"), self._home / "log")

    def _url(self, part: str, role: str = "postgres") -> str:
        return f"postgres://{role}@/{part}?host={self._home}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def environment(self, part: str) -> dict[str, str]:
        return {"DATABASE_URL": self._url(part, postgres.APP_ROLE), "DATABASE_OWNER_URL": ""}

    def ownership(self, part: str) -> dict[str, str]:
        return {"DATABASE_OWNER_URL": self._url(part)}

    def copy(self, part: str) -> None:
        self._run(f"CREATE DATABASE {part} TEMPLATE {ORIGIN}")

    def rows(self, part: str, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._url(part)) as connection:
            return connection.execute(query).fetchall()

    def change(self, part: str, statement: str) -> None:
        with psycopg.connect(self._url(part), autocommit=True) as connection:
            connection.execute(statement)

    def fault(self, part: str) -> str:
        """Have every table and index checked, where the check is among the binaries."""
        check = self._binaries / "pg_amcheck"
        if not check.exists():
            return ""
        given = ["-h", str(self._home), "-U", "postgres", "--install-missing", "-d", part]
        done = subprocess.run([str(check), *given], capture_output=True, text=True, check=False)
        return f"{done.stdout}{done.stderr}".strip()[:300] if done.returncode else ""

    def crash(self) -> None:
        """End the server at once, as `pg_ctl stop -m immediate` does, and start it again."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(timeout=postgres.PATIENCE)
        self._start()

    def close(self) -> None:
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(timeout=postgres.PATIENCE)
