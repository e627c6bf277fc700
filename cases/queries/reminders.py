"""Which cases ask for something by themselves, and which reminders have had their day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from cases.models import Assistance, Grant, Individual, Note, StatusEvent, Task
from cases.rules import reminders as rules
from cases.vocabulary.casework import Reminder, TaskState
from cases.vocabulary.status import WorkStatus

Key = tuple[str, UUID | None, date | None]


@dataclass(frozen=True)
class Due:
    """One thing that a case asks for: by which rule, looking at which row, by which day."""

    rule: Reminder
    subject_id: UUID
    occasion: date
    individual: Individual

    @property
    def key(self) -> Key:
        return (self.rule.value, self.subject_id, self.occasion)


def portion(after: UUID | None, size: int) -> list[Individual]:
    """Give the next cases to look at, of those that are not closed or have a reminder open."""
    reminded = Task.objects.filter(individual=OuterRef("pk"), state=TaskState.OPEN)
    rows = Individual.objects.filter(
        ~Q(work_status=WorkStatus.CLOSED) | Exists(reminded.exclude(rule=""))
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.prefetch_related("organisation", "assigned_to").order_by("pk")[:size])


def due(people: Sequence[Individual], *, on: date) -> list[Due]:
    """Say what some cases ask for on a day, in a fixed number of queries."""
    followed = {person.pk: person for person in people if person.work_status != WorkStatus.CLOSED}
    found = [_silent(followed, on), _promised(followed, on), _shared(followed, on)]
    return [one for rows in found for one in rows]


def set_before(people: Iterable[Individual]) -> set[Key]:
    """Give what has been asked already, whatever came of it."""
    rows = Task.objects.filter(individual__in=[person.pk for person in people]).exclude(rule="")
    return set(rows.values_list("rule", "subject_id", "occasion"))


def over(people: Iterable[Individual], asked: Iterable[Due]) -> list[Task]:
    """Give the open reminders whose reason is no more."""
    keys = {one.key for one in asked}
    rows = Task.objects.filter(individual__in=[person.pk for person in people])
    waiting = rows.filter(state=TaskState.OPEN).exclude(rule="").order_by("pk")
    return [task for task in waiting if (task.rule, task.subject_id, task.occasion) not in keys]


def last_contacts(people: Iterable[UUID]) -> dict[UUID, datetime]:
    """Say when each case was last heard of or worked on.

    That is a note, a status event, help recorded or moved on, or a task that was done; when it
    was recorded, not when it happened: silence is ours. A case that was merely edited, assigned
    or read has not been in contact.
    """
    keys = list(people)
    of_these = {"individual__in": keys}
    told = (
        Note.objects.filter(**of_these).values_list("individual").annotate(Max("recorded_at")),
        StatusEvent.objects.filter(**of_these)
        .values_list("individual")
        .annotate(Max("recorded_at")),
        Assistance.objects.filter(**of_these).values_list("individual").annotate(Max("updated_at")),
        Task.objects.filter(**of_these, state=TaskState.DONE)
        .values_list("individual")
        .annotate(Max("done_at")),
    )
    latest: dict[UUID, datetime] = {}
    for rows in told:
        for key, moment in rows.order_by():
            if moment is not None:
                latest[key] = max(moment, latest.get(key, moment))
    return latest


def _silent(people: dict[UUID, Individual], on: date) -> Iterator[Due]:
    heard = last_contacts(people)
    for key, person in people.items():
        last = max(heard.get(key, person.recorded_at), person.recorded_at).date()
        if rules.is_silent(person.work_status, person.priority, last, on=on):
            yield Due(Reminder.NO_CONTACT, key, last, person)


def _promised(people: dict[UUID, Individual], on: date) -> Iterator[Due]:
    rows = Assistance.objects.filter(
        individual__in=people.keys(), stage__in=rules.AWAITED, due_latest__lt=on
    )
    row: Any  # the two days of a partial date are fields that the type checker does not know
    for row in rows.order_by("pk"):
        if rules.is_overdue(row.stage, row.due_latest, on=on):
            yield Due(Reminder.PROMISE_OVERDUE, row.pk, row.due_latest, people[_person(row)])


def _shared(people: dict[UUID, Individual], on: date) -> Iterator[Due]:
    rows = Grant.objects.filter(individual__in=people.keys(), revoked_at__isnull=True)
    for row in rows.filter(expires_at__date__lte=on + rules.NOTICE).order_by("pk"):
        if rules.is_ending(row.expires_at.date(), on=on):
            yield Due(Reminder.GRANT_ENDING, row.pk, row.expires_at.date(), people[_person(row)])


def _person(row: Assistance | Grant) -> UUID:
    key: UUID | None = row.individual_id
    assert key is not None  # noqa: S101 - told to the type checker
    return key
