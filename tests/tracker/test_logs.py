"""A log line cannot be forged or broken by what is in it."""

import logging
import sys

import pytest
from django.db import IntegrityError

from tracker.logs import OneLineFormatter


def record(message: str, *, failed: bool = False) -> logging.LogRecord:
    error = sys.exc_info() if failed else None
    return logging.LogRecord("cases", logging.INFO, __file__, 1, message, None, error)


def test_control_characters_are_escaped():
    line = OneLineFormatter().format(record("in\r\nout\x1b[31m\u2028ред"))

    assert line.endswith(r"INFO cases in\x0d\nout\x1b[31m\u2028ред")


def test_a_traceback_stays_on_its_line():
    try:
        raise LookupError("gone")  # noqa: TRY301 (raised to be logged)
    except LookupError:
        line = OneLineFormatter().format(record("failed", failed=True))

    assert "\n" not in line
    assert r"\nLookupError: gone" in line


def test_no_query_string_is_kept():
    line = OneLineFormatter().format(record("Bad Request: /admin/find/?find=Щукина&p=2 (ours?)"))

    assert line.endswith("Bad Request: /admin/find/?… (ours?)")


def test_text_cannot_be_turned_around():
    line = OneLineFormatter().format(record("a\u202eb\u2066c\ud800"))

    assert line.endswith(r"a\u202eb\u2066c\ud800")


def test_what_a_database_says_of_a_row_is_left_out():
    said = "Key (email)=(anna@example.org) exists"
    try:
        try:
            raise IntegrityError(said)  # noqa: TRY301 (raised to be logged)
        except IntegrityError as fault:
            raise LookupError("after that") from fault
    except LookupError:
        line = OneLineFormatter().format(record("failed", failed=True))

    assert "anna" not in line
    assert "IntegrityError" in line
    assert "LookupError: after that" in line


@pytest.mark.django_db
def test_a_refused_request_is_logged_without_what_it_asked(client_of, caplog):
    browser = client_of("caseworker")
    with caplog.at_level(logging.INFO):
        browser.get("/admin/cases/individual/?circumstances__startswith=Qzxsought")
        browser.get("/nowhere/?name=Qzxsought")
        browser.post("/admin/cases/note/add/", {"text": "Qzxsought"})
        browser.get("/admin/login/", headers={"Host": "qzx\r\nforged"})

    formatter = OneLineFormatter()
    lines = [formatter.format(entry) for entry in caplog.records]
    assert lines
    assert [line for line in lines if "Qzxsought" in line or "\n" in line or "\r" in line] == []
