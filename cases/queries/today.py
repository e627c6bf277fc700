"""What waits for one user: their tasks by day, cases with no next step, decisions to take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.models import Individual, IndividualName, StatusEvent, Task
from cases.models.gate import Gated
from cases.queries.individuals import names_of
from cases.queries.timeline import read
from cases.rules.reminders import FOLLOWED
from cases.vocabulary.casework import TaskState
from cases.vocabulary.status import Axis, WorkStatus

MOST = 20
"""So many of each kind are shown; the rest is a list of its own."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """One task as its user sees it."""

    id: UUID
    version: int
    title: str
    why: str
    postponed_because: str
    due_on: date | None
    individual_id: UUID | None
    batch_id: UUID | None
    about: str
    names: str
    is_own: bool


@dataclass(frozen=True)
class Case:
    """One case that waits for its user."""

    id: UUID
    case_number: str
    names: str
    status: str


@dataclass(frozen=True)
class Group:
    """Tasks that are due in one span of days; ``number`` of them, not all shown."""

    key: str
    number: int
    tasks: tuple[Due, ...]


@dataclass(frozen=True)
class Today:
    """One user's day. Nothing in it is outside the actor's reach or above their clearance."""

    groups: tuple[Group, ...]
    without_next_step: tuple[Case, ...]
    cases_without: int
    to_decide: tuple[Case, ...]
    cases_to_decide: int

    @property
    def is_empty(self) -> bool:
        tasks = sum(group.number for group in self.groups)
        return not (tasks or self.cases_without or self.cases_to_decide)

    def number_of(self, key: str) -> int:
        return next((group.number for group in self.groups if group.key == key), 0)


def of_actor(*, on: date) -> Today:
    """Read the actor's day in a fixed number of queries."""
    actor = current_actor()
    if not actor.may(Act.READ_CASES) or _cannot_tell(Task, "due_on", "assigned_to"):
        return Today((), (), 0, (), 0)
    waiting, number = _listed(_without_next_step())
    deciding, undecided = _listed(_to_decide())
    return Today(
        groups=tuple(_groups(on)),
        without_next_step=waiting,
        cases_without=number,
        to_decide=deciding,
        cases_to_decide=undecided,
    )


def _cannot_tell(model: type[Gated], *fields: str) -> bool:
    return not model.masked_for_actor().isdisjoint(fields)


def _spans(on: date) -> dict[str, Q]:
    return {
        "overdue": Q(due_on__lt=on),
        "today": Q(due_on=on),
        "week": Q(due_on__gt=on, due_on__lte=on + WEEK),
        "later": Q(due_on__gt=on + WEEK),
        "undated": Q(due_on__isnull=True),
    }


def _groups(on: date) -> Iterator[Group]:
    """Count the open tasks of each span at once, read the first of each, and what they are about.

    Those without a day come last.
    """
    spans = _spans(on)
    rows = Task.objects.filter(state=TaskState.OPEN, assigned_to=current_actor().user_id)
    numbers = rows.aggregate(**{key: Count("pk", filter=span) for key, span in spans.items()})
    first = {
        key: list(rows.filter(span).order_by("due_on", "pk")[:MOST]) if numbers[key] else []
        for key, span in spans.items()
    }
    tasks = [task for found in first.values() for task in found]
    ahead = "individual" if _cannot_tell(IndividualName, "text") else "individual__names"
    prefetch_related_objects(tasks, ahead, "batch")
    for key, found in first.items():
        yield Group(key, numbers[key], tuple(map(_task, found)))


def _task(task: Task) -> Due:
    person, batch = task.individual, task.batch
    return Due(
        id=task.pk,
        version=task.version,
        title=read(task, "title", "") or str(task),
        why=task.why if "rule" not in task.unread_fields() else "",
        postponed_because=read(task, "postponed_because", ""),
        due_on=task.due_on,
        individual_id=person.pk if person else None,
        batch_id=batch.pk if batch else None,
        about=str(person or batch or ""),
        names=names_of(person) if person else "",
        is_own=task.organisation_id == current_actor().organisation_id,
    )


def _without_next_step() -> QuerySet[Individual]:
    """Find the actor's cases in work on which nothing is to be done."""
    planned = Task.objects.filter(individual=OuterRef("pk"), state=TaskState.OPEN)
    mine = Individual.objects.filter(assigned_to=current_actor().user_id)
    return mine.filter(work_status__in=FOLLOWED).exclude(Exists(planned))


def _to_decide() -> QuerySet[Individual]:
    """Find the cases that wait for a second person, where the actor may be that person."""
    actor = current_actor()
    if not actor.may(Act.APPROVE_STATUS):
        return Individual.objects.none()
    steps = StatusEvent.objects.filter(individual=OuterRef("pk"), axis=Axis.WORK)
    proposer = steps.order_by("-recorded_at", "-pk").values("recorded_by")[:1]
    pending = Individual.objects.filter(
        organisation=actor.organisation_id, work_status=WorkStatus.PENDING_CLOSURE
    ).annotate(proposer=Subquery(proposer))
    return pending.filter(Q(proposer__isnull=True) | ~Q(proposer=actor.user_id))


def _listed(rows: QuerySet[Individual]) -> tuple[tuple[Case, ...], int]:
    number = rows.count()
    if not number:
        return (), 0
    people = rows.prefetch_related("names").order_by("updated_at", "pk")[:MOST]
    return tuple(map(_case, people)), number


def _case(person: Individual) -> Case:
    return Case(person.pk, str(person), names_of(person), person.get_work_status_display())
