"""A log line cannot be forged or broken by what is in it."""

import logging
import sys

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
