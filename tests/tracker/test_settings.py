"""The settings under other environments than that of the tests."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SETTINGS = Path(__file__).resolve().parents[2] / "tracker/settings.py"


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Read the settings anew, from an environment of these variables alone."""

    def read(**variables: str) -> dict[str, Any]:
        given = {"DATA_DIR": str(tmp_path / "data"), "ENV_FILE": "", "DATABASE_URL": ""}
        for name, value in (given | {"SECRET_KEY": ""} | variables).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


def test_a_secret_key_is_made_once_and_only_the_owner_reads_it(load, tmp_path):
    first, second = load()["SECRET_KEY"], load()["SECRET_KEY"]

    kept = tmp_path / "data/secret_key"
    assert first == second == kept.read_text()
    assert len(first) > 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["secret_key"]


def test_a_given_secret_key_is_not_kept(load, tmp_path):
    assert load(SECRET_KEY="given")["SECRET_KEY"] == "given"
    assert not (tmp_path / "data/secret_key").exists()


def test_the_embedded_database_lies_in_the_data_folder(load, tmp_path):
    database = load()["DATABASES"]["default"]

    assert database["NAME"] == str(tmp_path / "data/tracker.sqlite3")
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_an_sqlite_address_has_the_same_safeguards(load):
    database = load(DATABASE_URL="sqlite:////tmp/other.sqlite3")["DATABASES"]["default"]

    assert database["NAME"] == "/tmp/other.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_keeps_and_checks_its_connections(load):
    database = load(DATABASE_URL="postgres://me:pw@db:5432/cases")["DATABASES"]["default"]

    assert (database["HOST"], database["NAME"]) == ("db", "cases")
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_nothing_risky_is_on_unless_asked_for(load):
    settings = load()

    assert not settings["DEBUG"]
    assert not settings["DEMO"]
    assert "*" not in settings["ALLOWED_HOSTS"]
    assert settings["SESSION_COOKIE_HTTPONLY"]


def test_https_makes_cookies_secure_and_insists(load):
    settings = load(HTTPS="1")

    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600


def test_the_policy_allows_nothing_inline(load):
    directives = load()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert not ["unsafe" for sources in directives.values() if "unsafe" in " ".join(sources)]


def test_a_file_of_variables_is_read(load, tmp_path, monkeypatch):
    monkeypatch.delenv("TOKEN_TTL_DAYS", raising=False)
    (tmp_path / "env").write_text("TOKEN_TTL_DAYS=7\n")

    settings = load(ENV_FILE=str(tmp_path / "env"))

    assert settings["REST_KNOX"]["TOKEN_TTL"].days == 7
    monkeypatch.delenv("TOKEN_TTL_DAYS")
