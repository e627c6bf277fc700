"""Several at once on one database: threads with connections of their own, started together."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cases.access.gate import System, acting_as

PATIENCE = 60  # seconds until a race that hangs is a failure


@pytest.fixture
def side_by_side(
    transactional_db: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Let threads share a database as processes would: SQLite's in memory locks otherwise."""
    if connection.vendor == "postgresql":
        yield
        return
    kept: Any = connections[DEFAULT_DB_ALIAS]
    kept.ensure_connection()
    copy = sqlite3.connect(tmp_path / "race.sqlite3")
    kept.connection.backup(copy)
    copy.close()
    settings = {**kept.settings_dict, "NAME": str(tmp_path / "race.sqlite3")}
    monkeypatch.setitem(connections.settings, DEFAULT_DB_ALIAS, settings)
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    yield
    BaseDatabaseWrapper.close(connections[DEFAULT_DB_ALIAS])
    connections[DEFAULT_DB_ALIAS] = kept


@pytest.fixture
def together(side_by_side: None) -> Callable[..., list[Any]]:
    """Do acts at the same moment; give what each returned, or the exception that it raised."""

    def run(*acts: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(acts))

        def one(act: Callable[[], Any]) -> Any:
            try:
                with acting_as(System("tests")):
                    start.wait(PATIENCE)
                    return act()
            except Exception as refusal:  # noqa: BLE001 - the test looks at it
                return refusal
            finally:
                BaseDatabaseWrapper.close(connection)

        with ThreadPoolExecutor(len(acts)) as pool:
            return [done.result(PATIENCE) for done in [pool.submit(one, act) for act in acts]]

    return run
