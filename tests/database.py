"""The test databases: migrated once, then copied, one for each process of a run.

What SQLite's migrations make is kept in `.cache` until a line of the product changes; the private
PostgreSQL is gone with its run.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from tests import postgres
from tests.trails import unguarded

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".cache" / "databases"
READY = "ready"
OF_DJANGO = ("auth_permission", "django_content_type", "django_migrations")
"""Tables that migrating has filled, and no test changes."""
EMPTIER = """
CREATE OR REPLACE FUNCTION tests_empty(kept text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE name text; is_filled boolean;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = current_schema() AND tablename <> ALL (kept)
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_filled;
    IF is_filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
  END LOOP;
END $$
"""
"""Needs the owner: past the triggers, which hold the trail, and past row security."""


@contextmanager
def copied(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Make this process a database of its own, connect to it, and take it down at the end."""
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    on_postgres = connection.vendor == "postgresql"
    making = copied_on_postgres(name) if on_postgres else copied_in_memory(name)
    with alone(Path(os.environ["TEST_SCRATCH"]) if on_postgres else KEPT):
        next(making)
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    yield
    connection.close()
    next(making, None)


@contextmanager
def alone(where: Path) -> Iterator[None]:
    """Let one process at a time look for what is ready there, or make it."""
    where.mkdir(parents=True, exist_ok=True)
    with (where / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copied_in_memory(name: str) -> Iterator[None]:
    """Fill the database in memory of that name; it is there as long as a connection is open."""
    ready = KEPT / f"{fingerprint()}.sqlite3"
    if not ready.exists():
        for old in KEPT.glob("*.sqlite3*"):
            old.unlink()
        being_made = ready.with_suffix(".sqlite3-new")
        migrate(f"sqlite:///{being_made}", "")
        being_made.rename(ready)
    with closing(sqlite3.connect(name, uri=True)) as held:
        with closing(sqlite3.connect(ready)) as source:
            source.backup(held)
        yield


def copied_on_postgres(name: str) -> Iterator[None]:
    """Copy the migrated database of the server; whoever comes first migrates it."""
    with closing(psycopg.connect(address("postgres"), autocommit=True)) as server:
        known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if READY not in known:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(READY)))
            migrate(address(READY, postgres.app_url()), address(READY))
        copy, ready = sql.Identifier(name), sql.Identifier(READY)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(copy))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, ready))
        yield
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))


def address(name: str, url: str | None = None) -> str:
    """Name another database of this run's server."""
    return str(url or postgres.wanted_url()).replace("/tracker?", f"/{name}?")


def migrate(url: str, owner: str) -> None:
    """Run the product's own `migrate`, in a process that no coverage slows."""
    there: dict[str, Any] = {"DJANGO_SETTINGS_MODULE": "tracker.settings", "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "-v0"]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=os.environ | there | {"DATABASE_OWNER_URL": owner}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"The test database could not be migrated: {done.stderr.strip()}")


def fingerprint() -> str:
    """Tell one state of the product from another: any line of it may matter to a migration."""
    seen = sha256()
    for file in sorted([*ROOT.glob("cases/**/*.py"), ROOT / "requirements.txt"]):
        seen.update(f"{file.relative_to(ROOT)}\0".encode())
        seen.update(file.read_bytes())
    seen.update(sqlite3.sqlite_version.encode())
    return seen.hexdigest()[:16]


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete what is in the tables; asking first is quicker than to flush some hundred of them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT tests_empty(%s)", [list(OF_DJANGO)])
        return
    names = [name for name in connection.introspection.table_names() if name not in OF_DJANGO]
    with connection.constraint_checks_disabled(), unguarded(), connection.cursor() as cursor:
        for name in map(connection.ops.quote_name, names):
            if cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0]:  # noqa: S608
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608
