"""To-dos and notes."""

from cases.access.roles import Act
from cases.actions import casework
from cases.api.base import KeepResource
from cases.api.records import RecordSerializer
from cases.filters.casework import NoteFilters, TaskFilters
from cases.models import Note, Task


class TaskSerializer(RecordSerializer):
    fixed = ("individual", "batch")

    class Meta:
        model = Task


class TaskResource(KeepResource):
    """Things to be done, by a day."""

    model = Task
    reads, writes = Act.READ_CASES, Act.KEEP_TASKS
    add, amend = staticmethod(casework.add_task), staticmethod(casework.amend_task)
    serializer_class = TaskSerializer
    filterset_class = TaskFilters


class NoteSerializer(RecordSerializer):
    fixed = ("individual",)

    class Meta:
        model = Note


class NoteResource(KeepResource):
    """Free notes on people."""

    model = Note
    reads, writes = Act.READ_CASES, Act.KEEP_TASKS
    add, amend = staticmethod(casework.write_note), staticmethod(casework.amend_note)
    serializer_class = NoteSerializer
    filterset_class = NoteFilters
