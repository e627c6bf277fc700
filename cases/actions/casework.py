"""To-dos and notes."""

from typing import Any

from cases import clock
from cases.access.actor import AnyActor
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Note, Organisation, Task
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


def write_note(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Note:
    """Write a note on a person."""
    return recording.add(Note, by=by, act=KEEP, organisation=organisation, **fields)


def amend_note(note: Note, *, by: AnyActor, version: int | None, **changes: Any) -> Note:
    """Change a note."""
    return recording.amend(note, by=by, act=KEEP, version=version, **changes)


def _with_time(fields: dict[str, Any]) -> dict[str, Any]:
    is_open = fields.get("state", TaskState.OPEN) == TaskState.OPEN
    return {**fields, "done_at": None if is_open else clock.now()}
