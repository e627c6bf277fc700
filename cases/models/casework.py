"""To-dos and notes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.access.scope import OF_PERSON, OF_PERSON_IF_ANY, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, SHORT, Record
from cases.models.terms import known_term
from cases.vocabulary.casework import TaskState


class Task(Record):
    """Something to be done, by a day."""

    SCOPE: ClassVar[Scope] = OF_PERSON_IF_ANY
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "batch": OPEN,
        "title": IDENTIFYING,
        "due_on": OPERATIONAL,
        "assigned_to": OPERATIONAL,
        "state": OPEN,
        "done_at": OPERATIONAL,
    }

    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    batch = models.ForeignKey(
        "cases.RepatriationBatch", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(
        max_length=SHORT, help_text="What is to be done; colleagues read it in lists."
    )
    due_on = models.DateField("due", null=True, blank=True)
    assigned_to = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        constraints = (
            known_term("task", "state", TaskState),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, done_at__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(done_at__isnull=False)),
                name="task_ended_has_a_time",
                violation_error_message="A task that has ended says when.",
            ),
        )


class Note(Record):
    """A free note on a person."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "text": PROTECTED,
    }

    individual = models.ForeignKey("cases.Individual", models.PROTECT, related_name="notes")
    text = models.TextField(max_length=LONG)

    class Meta(Record.Meta):
        pass
