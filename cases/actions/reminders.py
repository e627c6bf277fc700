"""Tasks that rules set, and take back when their reason is no more."""

from django.db import transaction

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import casework, recording
from cases.models import Individual, Task
from cases.queries.reminders import Due
from cases.rules import reminders
from cases.vocabulary.casework import TaskState

KEEP = Act.KEEP_TASKS


@transaction.atomic
def remind(*, by: AnyActor, due: Due) -> Task | None:
    """Set the task that a case asks for: once for each occasion, whatever came of it.

    :returns: nothing where it was set before.
    """
    require(by, KEEP)
    person = due.individual
    recording.hold(Individual, person.pk)  # two workers at once would both find it missing
    asked = Task.objects.filter(rule=due.rule, subject_id=due.subject_id, occasion=due.occasion)
    if asked.filter(organisation=person.organisation_id).exists():
        return None
    keeper = person.assigned_to
    return casework.add_task(
        by=by,
        organisation=person.organisation,
        individual=person,
        title=str(due.rule.label),
        due_on=reminders.due_on(due.rule, due.occasion, on=clock.today()),
        assigned_to=keeper if keeper is not None and keeper.is_active else None,
        rule=due.rule,
        subject_id=due.subject_id,
        occasion=due.occasion,
    )


@transaction.atomic
def withdraw(task: Task, *, by: AnyActor) -> Task:
    """Drop a task that a rule set, now that its reason is no more."""
    require(by, KEEP)
    return casework.amend_task(task, by=by, version=None, state=TaskState.DROPPED)
