"""When a case asks for something by itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.rules import bulk, casework, reminders
from cases.vocabulary.assistance import AssistanceStage
from cases.vocabulary.casework import Reminder, TaskState
from cases.vocabulary.individuals import Priority
from cases.vocabulary.status import WorkStatus

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("priority", Priority)
def test_a_case_is_silent_from_the_day_that_its_priority_says(priority):
    last = TODAY - reminders.CONTACT_WITHIN[priority]

    assert reminders.is_silent(WorkStatus.OPEN, priority, last, on=TODAY)
    assert not reminders.is_silent(WorkStatus.OPEN, priority, last + timedelta(days=1), on=TODAY)


@pytest.mark.parametrize("status", WorkStatus)
def test_silence_counts_in_cases_that_are_worked_on(status):
    is_silent = reminders.is_silent(status, Priority.ROUTINE, date(2020, 1, 1), on=TODAY)

    assert is_silent == (status in {WorkStatus.OPEN, WorkStatus.REOPENED})


@pytest.mark.parametrize("stage", AssistanceStage)
def test_help_is_overdue_where_somebody_said_it_would_come(stage):
    is_overdue = reminders.is_overdue(stage, TODAY - timedelta(days=1), on=TODAY)

    assert is_overdue == (stage in {"promised", "conditional", "in_progress"})


@pytest.mark.parametrize("due", [None, TODAY, TODAY + timedelta(days=1)])
def test_help_is_not_overdue_before_its_last_possible_day_is_over(due):
    assert not reminders.is_overdue(AssistanceStage.PROMISED, due, on=TODAY)


@pytest.mark.parametrize(("days", "ending"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_share_is_ending_two_weeks_before(days, ending):
    assert reminders.is_ending(TODAY + timedelta(days=days), on=TODAY) == ending


def test_a_reminder_is_due_before_a_share_ends_and_at_once_for_what_is_late():
    soon = TODAY + timedelta(days=10)

    assert reminders.due_on(Reminder.GRANT_ENDING, soon, on=TODAY) == soon - timedelta(days=1)
    assert reminders.due_on(Reminder.GRANT_ENDING, TODAY, on=TODAY) == TODAY
    assert reminders.due_on(Reminder.NO_CONTACT, date(2026, 10, 1), on=TODAY) == TODAY


@pytest.mark.parametrize("rule", Reminder)
def test_each_rule_says_why_by_its_day(rule):
    assert "25 November 2026" in reminders.why(rule, TODAY)


@pytest.mark.parametrize(
    ("due", "until"),
    [
        (None, TODAY),
        (TODAY - timedelta(days=9), TODAY),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=3)),
    ],
)
def test_a_task_is_put_off_to_a_later_day_only(due, until):
    with pytest.raises(ValidationError, match="later"):
        casework.check_postponed(due, until, on=TODAY)


def test_a_task_is_put_off_to_a_later_day():
    casework.check_postponed(TODAY, TODAY + timedelta(days=1), on=TODAY)
    casework.check_postponed(None, TODAY + timedelta(days=1), on=TODAY)


def test_what_has_ended_is_not_put_off_and_what_was_dropped_is_not_done():
    for state in (TaskState.DONE, TaskState.DROPPED):
        with pytest.raises(ValidationError, match="has ended"):
            casework.check_open(state)
    with pytest.raises(ValidationError, match="dropped"):
        casework.check_finished(TaskState.DROPPED)
    casework.check_open(TaskState.OPEN)
    casework.check_finished(TaskState.OPEN)
    casework.check_finished(TaskState.DONE)


@pytest.mark.parametrize("rows", [0, bulk.MOST_ROWS + 1])
def test_no_rows_and_too_many_are_refused(rows):
    with pytest.raises(ValidationError, match="Choose"):
        bulk.check_number(rows)


@pytest.mark.parametrize("rows", [1, bulk.MOST_ROWS])
def test_some_rows_are_fine(rows):
    bulk.check_number(rows)
