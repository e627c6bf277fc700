"""How the work in the background stands: what waits, and what was tried in vain."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from cases.access.gate import System, acting_as
from cases.models import QueuedJob
from cases.vocabulary.jobs import JobState

MOST = 50


@dataclass(frozen=True)
class Standing:
    """One kind of job."""

    name: str
    waiting: int
    running: int
    done: int
    failed: int
    waits_since: datetime | None


@dataclass(frozen=True)
class Failure:
    """One job that was tried in vain. What it was about is not told."""

    key: UUID
    name: str
    fault: str
    ended_at: datetime | None


def standing() -> list[Standing]:
    """Give how each kind of job stands; no user's query reaches the queue itself."""
    with acting_as(System("showing how the queue stands")):
        counts = {state.value: Count("pk", filter=Q(state=state)) for state in JobState}
        first = Min("run_after", filter=Q(state=JobState.WAITING))
        rows = QueuedJob.objects.values("name").annotate(waits_since=first, **counts)
        columns = (field.name for field in fields(Standing))
        return [Standing(*row) for row in rows.order_by("name").values_list(*columns)]


def failures() -> list[Failure]:
    """Give what failed, the latest first."""
    with acting_as(System("showing how the queue stands")):
        rows = QueuedJob.objects.filter(state=JobState.FAILED).order_by("-ended_at", "pk")[:MOST]
        return [Failure(row.pk, row.name, row.fault, row.ended_at) for row in rows]
