"""An empty database in memory that stands in for the configured one while fixtures are built."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper

_MEMORY = {DEFAULT_DB_ALIAS: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


@contextmanager
def scratch_database() -> Iterator[None]:
    """Let all reading and writing of this thread go to a fresh database until the block ends.

    It takes the place of the default connection: a second alias would not reach the actions,
    whose transactions are those of the default one.
    """
    kept = connections[DEFAULT_DB_ALIAS]
    settings = connections.configure_settings(_MEMORY)[DEFAULT_DB_ALIAS]
    scratch = DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = scratch
    try:
        _create_tables(scratch)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = kept
        BaseDatabaseWrapper.close(scratch)  # SQLite's own close keeps a database in memory open


def _create_tables(connection: BaseDatabaseWrapper) -> None:
    """Create the tables from the models: the newest shape, in a tenth of the migrations' time."""
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("cases").get_models(include_auto_created=True):
            if not model._meta.proxy:
                editor.create_model(model)
