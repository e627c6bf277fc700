"""The owner of the tables, and the application's role, which must be somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

_WHO = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
_SAYS_HOW = (
    "On PostgreSQL two roles are needed: DATABASE_OWNER_URL names the one that owns the tables and "
    "migrates, DATABASE_URL one that reads and writes rows and no more, for example "
    "postgres://tracker_app:…@localhost/tracker. Row security holds only for the second; "
    "`manage.py migrate` makes it if the owner may. See docs/operators/postgresql.md."
)


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Be the owner until the block ends, to change tables or to empty them. On SQLite nothing.

    :raises ImproperlyConfigured: where no owner is named, or it is the application's own role.
    """
    if connection.vendor != "postgresql":
        yield
        return
    owner = named_owner()
    kept = {key: connection.settings_dict[key] for key in _WHO}
    _change(connection, {key: owner[key] for key in _WHO})
    try:
        yield
    finally:
        _change(connection, kept)


def named_owner() -> dict[str, Any]:
    """Give the owner's address.

    :raises ImproperlyConfigured: with a sentence that says what to set.
    """
    owner: dict[str, Any] | None = settings.DATABASE_OWNER
    if owner is None or not app_role() or owner["USER"] == app_role():
        raise ImproperlyConfigured(_SAYS_HOW)
    return owner


def app_role() -> str:
    """Name the role of the application."""
    return str(settings.DATABASE_APP["USER"])


def _change(connection: BaseDatabaseWrapper, who: dict[str, Any]) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict.update(who)
