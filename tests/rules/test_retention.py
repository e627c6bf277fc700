"""The clock: a period for each purpose and work status, the longest of those that run."""

from datetime import date, timedelta
from itertools import product

import pytest

from cases.rules import retention
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.status import WorkStatus
from tests.refusals import sentence_of

DAY = date(2026, 1, 1)
REGISTER, SEARCH = ProcessingPurpose.REGISTER, ProcessingPurpose.SEARCH


def test_every_purpose_that_keeps_a_case_has_a_period_for_every_work_status():
    assert set(retention.PERIODS) == set(product(retention.CLOCKED, WorkStatus))


@pytest.mark.parametrize("status", WorkStatus)
def test_keeping_the_case_always_runs_and_the_longest_counts(status):
    alone = retention.due_on(DAY, status, (), {})
    searched = retention.due_on(DAY, status, {SEARCH, ProcessingPurpose.PUBLISH_NAME}, {})

    assert alone == DAY + timedelta(days=retention.PERIODS[REGISTER, status])
    longest = max(retention.PERIODS[purpose, status] for purpose in (REGISTER, SEARCH))
    assert searched == DAY + timedelta(days=longest)


def test_an_own_period_stands_in_place_of_the_usual_one():
    own: dict[tuple[str, str], int] = {(REGISTER, WorkStatus.CLOSED): 40}

    assert retention.due_on(DAY, WorkStatus.CLOSED, (), own) == DAY + timedelta(days=40)
    assert retention.due_on(DAY, WorkStatus.OPEN, (), own) > DAY + timedelta(days=40)


@pytest.mark.parametrize("days", [retention.SHORTEST - 1, retention.LONGEST + 1])
def test_a_period_is_within_reason(days):
    retention.check_days(None)
    retention.check_days(retention.SHORTEST)

    assert "Choose such a number" in sentence_of(retention.check_days, days)


@pytest.mark.parametrize("purpose", ProcessingPurpose)
def test_only_what_keeps_a_case_has_a_period(purpose):
    if purpose in retention.CLOCKED:
        retention.check_clocked(purpose)
    else:
        assert "Only these purposes" in sentence_of(retention.check_clocked, purpose)


def test_a_hold_ends_today_or_later():
    retention.check_hold(None, on=DAY)
    retention.check_hold(DAY, on=DAY)

    said = sentence_of(retention.check_hold, DAY - timedelta(days=1), on=DAY)
    assert said.startswith("A legal hold ends today or later")
