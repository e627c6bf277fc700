"""SQLite is asked at start whether it would lose what it acknowledges."""

import sqlite3

import pytest
from django.conf import settings as django_settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cases.models import sqlite


@pytest.fixture
def opened(tmp_path):
    """Open a database file as the tracker would, but for the options given."""
    made = []

    def open_one(name="tracker.sqlite3", mode=0o600, more="", **options):
        path = tmp_path / name
        if path.parent.exists():
            path.touch(mode=mode)
        given = {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            f"PRAGMA foreign_keys=ON;{more}",
        } | options
        entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": given}
        made.append(
            connections.__class__({DEFAULT_DB_ALIAS: entry}).create_connection(DEFAULT_DB_ALIAS)
        )
        return made[-1]

    yield open_one
    for connected in made:
        BaseDatabaseWrapper.close(connected)


def ids(connection):
    return [fault.id for fault in sqlite.faults(connection)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"transaction_mode": None}, ["cases.E020"]),
        ({"more": "PRAGMA synchronous=NORMAL"}, ["cases.E021"]),
        ({"more": "PRAGMA foreign_keys=OFF"}, ["cases.E022"]),
        ({"more": "PRAGMA journal_mode=DELETE"}, ["cases.E023"]),
        ({"mode": 0o640}, ["cases.E025"]),
        ({"name": "nowhere/tracker.sqlite3"}, ["cases.E026"]),
    ],
)
def test_what_would_lose_a_write_is_found(opened, settings, wrong, found):
    settings.WORKERS = 1

    assert ids(opened(**wrong)) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("workers", "version", "found"),
    [
        (1, (3, 40, 1), []),
        (2, (3, 40, 1), ["cases.E024"]),
        (2, (3, 51, 2), ["cases.E024"]),
        (2, (3, 51, 3), []),
    ],
)
def test_several_processes_need_a_newer_sqlite(
    opened, settings, monkeypatch, workers, version, found
):
    settings.WORKERS = workers
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)

    assert ids(opened()) == found


@pytest.mark.django_db
def test_the_options_of_the_settings_are_good_ones(opened, settings):
    settings.WORKERS = 1

    assert ids(opened(**django_settings.SQLITE_OPTIONS)) == []


@pytest.mark.django_db
def test_the_check_is_run_with_those_of_databases(monkeypatch):
    call_command("check", tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
        with pytest.raises(SystemCheckError, match="does not lock when a transaction begins"):
            call_command("check", tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
    assert sqlite.check_sqlite(databases=None) == []
