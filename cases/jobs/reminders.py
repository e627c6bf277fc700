"""Sets the tasks that cases ask for, and drops those whose reason is no more."""

from functools import partial
from uuid import UUID

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import reminders
from cases.actions.attempts import repeated
from cases.models import Individual
from cases.queries import reminders as asked

PORTION = 500


def remind(after: str) -> str | None:
    """Look at one portion of the cases; say where to go on, until all have been looked at.

    Each task is a transaction of its own, and is set once: killed at any point, it starts again.
    """
    with acting_as(System("reminding")) as by:
        people = asked.portion(UUID(after) if after else None, PORTION)
        _look_at(people, by)
        return str(people[-1].pk) if len(people) == PORTION else None


def _look_at(people: list[Individual], by: AnyActor) -> None:
    due, before = asked.due(people, on=clock.today()), asked.set_before(people)
    for one in due:
        if one.key not in before:
            repeated(partial(reminders.remind, by=by, due=one))
    for task in asked.over(people, due):
        repeated(partial(reminders.withdraw, task, by=by))
