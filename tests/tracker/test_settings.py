"""The settings under other environments than that of the tests."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SETTINGS = Path(__file__).resolve().parents[2] / "tracker/settings.py"

KEYS = ("SECRET_KEY", "AUDIT_KEY")


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Read the settings anew, from an environment of these variables alone."""

    def read(**variables: str) -> dict[str, Any]:
        given = {"DATA_DIR": str(tmp_path / "data"), "ENV_FILE": "", "DATABASE_URL": ""}
        for name, value in (given | dict.fromkeys(KEYS, "") | variables).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_made_once_and_only_the_owner_reads_it(name, load, tmp_path):
    first, second = load()[name], load()[name]

    kept = tmp_path / "data" / name.lower()
    assert first == second == kept.read_text()
    assert len(first) > 50
    assert kept.stat().st_mode & 0o777 == 0o600
    made = {key.lower() for key in KEYS}
    assert {file.name for file in kept.parent.iterdir()} == {*made, "tracker.sqlite3"}


@pytest.mark.parametrize("name", KEYS)
def test_a_given_key_is_not_kept(name, load, tmp_path):
    assert load(**{name: "given"})[name] == "given"
    assert not (tmp_path / "data" / name.lower()).exists()


def test_the_embedded_database_lies_in_the_data_folder(load, tmp_path):
    database = load()["DATABASES"]["default"]

    assert database["NAME"] == str(tmp_path / "data/tracker.sqlite3")
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_an_sqlite_address_has_the_same_safeguards(load, tmp_path):
    database = load(DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")["DATABASES"]["default"]

    assert database["NAME"] == f"{tmp_path}/other.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("given", ["", "sqlite:///{}/data/tracker.sqlite3"])
def test_the_file_of_a_database_is_its_owners_alone(load, tmp_path, given):
    load(DATABASE_URL=given.format(tmp_path))

    assert (tmp_path / "data/tracker.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_left_to_the_check_at_start(load, tmp_path):
    load(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/tracker.sqlite3")

    assert not (tmp_path / "nowhere").exists()


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


def test_a_second_factor_is_required_outside_a_demonstration(load, monkeypatch):
    monkeypatch.delenv("MFA_REQUIRED", raising=False)

    assert load()["MFA_REQUIRED"]
    assert not load(DEMO="1")["MFA_REQUIRED"]
    assert load(DEMO="1", MFA_REQUIRED="1")["MFA_REQUIRED"]


def test_https_makes_cookies_secure_and_insists(load):
    settings = load(HTTPS="1")

    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600


def test_a_proxy_is_believed_only_where_there_is_one(load):
    assert "SECURE_PROXY_SSL_HEADER" not in load(HTTPS="1")
    believed = load(HTTPS="1", BEHIND_PROXY="1")["SECURE_PROXY_SSL_HEADER"]
    assert believed == ("HTTP_X_FORWARDED_PROTO", "https")


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
