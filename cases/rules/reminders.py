"""When a case asks for something by itself: no contact, help overdue, a share about to end."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from cases.vocabulary.assistance import AssistanceStage
from cases.vocabulary.casework import Reminder
from cases.vocabulary.individuals import Priority
from cases.vocabulary.status import WorkStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CONTACT_WITHIN: Mapping[str, timedelta] = {
    Priority.URGENT: timedelta(days=7),
    Priority.HIGH: timedelta(days=14),
    Priority.ROUTINE: timedelta(days=30),
}
"""After how long without contact a case asks for some, by its priority."""
SHORTEST_SILENCE = min(CONTACT_WITHIN.values())
NOTICE = timedelta(days=14)
"""How long before a share ends one is told."""
FOLLOWED = frozenset({WorkStatus.OPEN, WorkStatus.REOPENED})
"""The work on these cases goes on: silence in one of them is noticed."""
AWAITED = frozenset(
    {AssistanceStage.PROMISED, AssistanceStage.CONDITIONAL, AssistanceStage.IN_PROGRESS}
)
"""Help that somebody has said will come."""

_WHY: "Mapping[str, StrPromise]" = {
    Reminder.NO_CONTACT: gettext_lazy("No contact since {day}."),
    Reminder.PROMISE_OVERDUE: gettext_lazy(
        "Help was promised by {day} and is not recorded as given."
    ),
    Reminder.GRANT_ENDING: gettext_lazy("The share of this case ends on {day}."),
}


def is_silent(work_status: str, priority: str, last_contact: date, *, on: date) -> bool:
    """Say whether a case has gone without contact for longer than its priority allows."""
    return work_status in FOLLOWED and last_contact + CONTACT_WITHIN[priority] <= on


def is_overdue(stage: str, due_latest: date | None, *, on: date) -> bool:
    """Say whether promised help should have come, by the last day that its date may mean."""
    return stage in AWAITED and due_latest is not None and due_latest < on


def is_ending(ends_on: date, *, on: date) -> bool:
    """Say whether something that ends by itself ends soon, and has not ended."""
    return on <= ends_on <= on + NOTICE


def due_on(rule: str, occasion: date, *, on: date) -> date:
    """Give the day by which a reminder is due: before a share ends, at once for what is late."""
    return max(on, occasion - timedelta(days=1)) if rule == Reminder.GRANT_ENDING else on


def why(rule: str, occasion: date) -> str:
    """Say why a rule set a task."""
    return _WHY[rule].format(day=date_format(occasion))
