"""To-dos and notes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.access.scope import OF_PERSON, OF_PERSON_IF_ANY, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, SHORT, Record
from cases.models.terms import known_term
from cases.rules import reminders
from cases.vocabulary.casework import Reminder, TaskState


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
        "postponed_because": IDENTIFYING,
        "rule": OPERATIONAL,
        "subject_id": OPEN,
        "occasion": OPERATIONAL,
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
    postponed_because = models.CharField(
        max_length=SHORT,
        blank=True,
        default="",
        editable=False,
        help_text="Why its day was last put off.",
    )
    rule = models.CharField(
        max_length=20,
        choices=Reminder,
        blank=True,
        default="",
        editable=False,
        help_text="The rule that set it; empty where somebody did.",
    )
    subject_id = models.UUIDField(
        null=True, blank=True, editable=False, help_text="The row that the rule looked at."
    )
    occasion = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The day that the rule went by: a rule sets one task for each.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("task", "state", TaskState),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, done_at__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(done_at__isnull=False)),
                name="task_ended_has_a_time",
                violation_error_message="A task that has ended says when.",
            ),
            models.CheckConstraint(
                condition=Q(rule="") | Q(rule__in=Reminder.values),
                name="task_rule_is_known",
                violation_error_message="Choose one of the listed rules.",
            ),
            models.CheckConstraint(
                condition=Q(rule="", subject_id__isnull=True, occasion__isnull=True)
                | (~Q(rule="") & Q(subject_id__isnull=False, occasion__isnull=False)),
                name="task_of_a_rule_says_why",
                violation_error_message="A task that a rule set says of what, and by which day.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "rule", "subject_id", "occasion"],
                condition=~Q(rule=""),
                name="task_of_a_rule_is_set_once",
                violation_error_message="This reminder was set already.",
            ),
        )
        indexes = (
            models.Index(
                fields=["assigned_to", "due_on"],
                condition=Q(state=TaskState.OPEN),
                name="task_open_of_user",
            ),
        )

    @property
    def why(self) -> str:
        """Say why a rule set it; nothing of a task that somebody set."""
        if not self.rule or self.occasion is None:
            return ""
        return reminders.why(self.rule, self.occasion)


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
