"""Trying again: only what lost against another transaction, at most three times, never for ever."""

import sqlite3
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError

from cases.actions import attempts


def lost(**told):
    """An error of the database as Django raises it, with what its driver tells."""
    cause = type("Cause", (Exception,), told)()
    fault = OperationalError("lost")
    fault.__cause__ = cause
    return fault


BUSY = [
    lost(sqlstate="40001"),
    lost(sqlstate="40P01"),
    lost(sqlstate="55P03"),
    lost(sqlite_errorcode=sqlite3.SQLITE_BUSY),
    lost(sqlite_errorcode=sqlite3.SQLITE_BUSY_SNAPSHOT),
    lost(sqlite_errorcode=sqlite3.SQLITE_LOCKED),
]
BROKEN = [
    lost(sqlstate="57P01"),
    lost(sqlite_errorcode=sqlite3.SQLITE_FULL),
    lost(),
    OperationalError("no cause"),
]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Wait no moment; outside any transaction, whatever pytest-django has opened."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(attempts, "connection", outside)
    return outside


class Failing:
    """An act that raises each fault in turn, then succeeds."""

    def __init__(self, *faults):
        self.left = list(faults)
        self.tries = 0

    def __call__(self):
        self.tries += 1
        if self.left:
            raise self.left.pop(0)
        return "done"


@pytest.mark.parametrize("fault", BUSY, ids=lambda fault: str(vars(type(fault.__cause__))))
def test_who_lost_tries_again(fault):
    act = Failing(fault, fault)

    assert attempts.repeated(act) == "done"
    assert act.tries == attempts.ATTEMPTS == 3


def test_the_third_loss_is_the_last():
    act = Failing(*BUSY[:3])

    with pytest.raises(OperationalError):
        attempts.repeated(act)
    assert act.tries == 3


@pytest.mark.parametrize("fault", [*BROKEN, IntegrityError("twice"), ValueError("odd")], ids=repr)
def test_what_would_fail_again_is_not_tried_again(fault):
    act = Failing(fault)

    with pytest.raises(type(fault)):
        attempts.repeated(act)
    assert act.tries == 1


def test_an_outer_transaction_is_lost_as_a_whole(at_once):
    at_once.in_atomic_block = True
    act = Failing(BUSY[0])

    with pytest.raises(OperationalError):
        attempts.repeated(act)
    assert act.tries == 1


def test_who_has_waited_long_waits_no_longer(monkeypatch):
    moments = iter([0.0, attempts.PATIENCE + 1])
    monkeypatch.setattr("cases.actions.attempts.time.monotonic", lambda: next(moments, 99.0))
    act = Failing(BUSY[3])

    with pytest.raises(OperationalError):
        attempts.repeated(act)
    assert act.tries == 1


def test_a_lock_that_was_not_given_in_time_is_told_apart():
    assert [attempts.is_lock_timeout(fault) for fault in BUSY[:3]] == [False, False, True]
