"""To-dos and notes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Note, Organisation, Task, User
from cases.rules import casework
from cases.vocabulary.casework import TaskState

KEEP = Act.KEEP_TASKS


def add_task(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Task:
    """Set a to-do."""
    return recording.add(Task, by=by, act=KEEP, organisation=organisation, **_with_time(fields))


def amend_task(task: Task, *, by: AnyActor, version: int | None, **changes: Any) -> Task:
    """Change a to-do; ended ones get their time."""
    if changes.get("state", task.state) == task.state:
        return recording.amend(task, by=by, act=KEEP, version=version, **changes)
    return recording.amend(task, by=by, act=KEEP, version=version, **_with_time(changes))


@transaction.atomic
def finish(task: Task, *, by: AnyActor, version: int | None) -> Task:
    """Mark a to-do as done; one that is done already stays as it is.

    :raises ValidationError: for one that was dropped.
    """
    require(by, KEEP)
    recording.compare(task, version)
    casework.check_finished(task.state)
    return amend_task(task, by=by, version=version, state=TaskState.DONE)


@transaction.atomic
def postpone(task: Task, *, by: AnyActor, version: int | None, due_on: date, reason: str) -> Task:
    """Put a to-do off to a later day, and say why.

    :raises ValidationError: for a day that is no later, or no reason.
    """
    require(by, KEEP)
    recording.compare(task, version)
    casework.check_open(task.state)
    casework.check_postponed(task.due_on, due_on, on=clock.today())
    if not reason.strip():
        message = _("Say why it waits: whoever takes it over will want to know.")
        raise recording.refusal("reason", message, "required")
    changes: dict[str, Any] = {"due_on": due_on, "postponed_because": reason}
    return recording.amend(task, by=by, act=KEEP, version=version, **changes)


def reassign(task: Task, *, by: AnyActor, version: int | None, assigned_to: User | None) -> Task:
    """Give a to-do to a colleague, or to nobody."""
    return recording.amend(task, by=by, act=KEEP, version=version, assigned_to=assigned_to)


def write_note(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Note:
    """Write a note on a person."""
    return recording.add(Note, by=by, act=KEEP, organisation=organisation, **fields)


def amend_note(note: Note, *, by: AnyActor, version: int | None, **changes: Any) -> Note:
    """Change a note."""
    return recording.amend(note, by=by, act=KEEP, version=version, **changes)


def _with_time(fields: dict[str, Any]) -> dict[str, Any]:
    is_open = fields.get("state", TaskState.OPEN) == TaskState.OPEN
    return {**fields, "done_at": None if is_open else clock.now()}
