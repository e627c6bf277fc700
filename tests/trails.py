"""The trail as nobody but its owner can touch it: with what the database refuses put aside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("cases_auditentry", "cases_audithead")
ELEVATOR = """
CREATE OR REPLACE FUNCTION tests_run_as_owner(statement text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN EXECUTE statement; END'
"""
"""Only the databases of tests have it: what a test does as the owner stays in its transaction."""

_ALL = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)"
_APART = (
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    *(f"GRANT UPDATE, DELETE ON {table} TO tracker_app" for table in (*TABLES, "cases_change")),
    "GRANT UPDATE ON cases_frozenpage TO tracker_app",
)
_TOGETHER = (
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES),
    "REVOKE UPDATE, DELETE ON cases_auditentry FROM tracker_app",
    "REVOKE DELETE ON cases_audithead FROM tracker_app",
    "REVOKE UPDATE, DELETE ON cases_change FROM tracker_app",
    "REVOKE UPDATE ON cases_frozenpage FROM tracker_app",
)


@contextmanager
def unguarded() -> Iterator[None]:
    """Put the triggers of the trail aside, as whoever owns the database can."""
    if connection.vendor == "postgresql":
        run_as_owner(*_APART)
        try:
            yield
        finally:
            run_as_owner(*_TOGETHER)
        return
    with connection.cursor() as cursor:
        cursor.execute(_ALL, TABLES)
        kept = cursor.fetchall()
        for name, _sql in kept:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in kept:
                cursor.execute(sql)


def run_as_owner(*statements: str) -> None:
    """Change tables within the test's transaction; on SQLite anybody may."""
    with connection.cursor() as cursor:
        for statement in statements:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT tests_run_as_owner(%s)", [statement])
            else:
                cursor.execute(statement)
