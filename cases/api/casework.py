"""To-dos and notes."""

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.roles import Act
from cases.actions import casework
from cases.api.base import KeepResource
from cases.api.fields import DayField, TextField
from cases.api.records import RecordSerializer, Strict
from cases.filters.casework import NoteFilters, TaskFilters
from cases.models import Note, Task


class TaskSerializer(RecordSerializer):
    fixed = ("individual", "batch")

    class Meta:
        model = Task


class PostponementSerializer(Strict):
    due_on = DayField(help_text="A day later than today and than the one before.")
    reason = TextField(max_length=200, help_text="Why it waits; colleagues read it.")


class TaskResource(KeepResource):
    """Things to be done, by a day."""

    model = Task
    reads, writes = Act.READ_CASES, Act.KEEP_TASKS
    add, amend = staticmethod(casework.add_task), staticmethod(casework.amend_task)
    serializer_class = TaskSerializer
    filterset_class = TaskFilters

    @action(detail=True, methods=["post"], act=Act.KEEP_TASKS, takes=PostponementSerializer)
    def postpone(self, request: Request, pk: str) -> Response:
        """Put it off to a later day, and say why."""
        return self.acted(request, pk, casework.postpone)


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
