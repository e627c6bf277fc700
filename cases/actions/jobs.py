"""The outbox: put in by acts, taken out by workers, put back where a worker was killed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import audit
from cases.models import QueuedJob
from cases.outbox import Job
from cases.vocabulary.jobs import JobState

MOST_TAKERS = 5
"""A job in whose hands so many workers died is what kills them."""
KEPT_FOR = timedelta(days=30)


@transaction.atomic
def put(
    job: Job, argument: str = "", *, after: datetime | None = None, attempt: int = 1
) -> QueuedJob:
    """Put a job in, in the transaction of the act that asks for it: undone with it, or there."""
    with acting_as(System("putting a job in")):
        row = QueuedJob(name=job.value, argument=argument, attempt=attempt)
        row.run_after = after or row.run_after
        row.save(force_insert=True)
    return row


@transaction.atomic
def take(*, by: AnyActor) -> QueuedJob | None:
    """Take the next job that is due; no other worker gets it.

    :raises PermissionDenied: for anybody but the system.
    """
    _require_system(by)
    due = QueuedJob.objects.filter(state=JobState.WAITING, run_after__lte=clock.now())
    row = due.order_by("run_after", "put_at", "pk").select_for_update(skip_locked=True).first()
    if row is not None:
        row.state, row.begun_at, row.takers = JobState.RUNNING, clock.now(), row.takers + 1
        row.save(update_fields=["state", "begun_at", "takers"])
    return row


@transaction.atomic
def get_on(job: Job, argument: str, *, by: AnyActor) -> None:
    """Note that a job in hand has got on: it is not what kills workers, and its worker lives.

    :raises PermissionDenied: for anybody but the system.
    """
    _require_system(by)
    in_hand = QueuedJob.objects.filter(name=job.value, argument=argument, state=JobState.RUNNING)
    in_hand.update(takers=1, begun_at=clock.now())


@transaction.atomic
def end(row: QueuedJob, *, by: AnyActor, fault: str = "") -> None:
    """Note that a job was carried out, or that it failed.

    :raises PermissionDenied: for anybody but the system.
    """
    _require_system(by)
    row.state = JobState.FAILED if fault else JobState.DONE
    row.ended_at, row.fault = clock.now(), fault[:80]
    row.save(update_fields=["state", "ended_at", "fault"])


@transaction.atomic
def reap(*, by: AnyActor, before: datetime) -> int:
    """Put back the jobs that were begun before a moment and never ended: their worker is gone.

    :raises PermissionDenied: for anybody but the system.
    :returns: how many.
    """
    _require_system(by)
    left = QueuedJob.objects.filter(state=JobState.RUNNING, begun_at__lt=before)
    rows = list(left.select_for_update(skip_locked=True))
    for row in rows:
        if row.takers >= MOST_TAKERS:
            end(row, by=by, fault="killed its workers")
        else:
            row.state = JobState.WAITING
            row.save(update_fields=["state"])
    return len(rows)


@transaction.atomic
def forget_old(*, by: AnyActor) -> int:
    """Take away jobs that ended long ago.

    :raises PermissionDenied: for anybody but the system.
    :returns: how many.
    """
    _require_system(by)
    return QueuedJob.objects.filter(ended_at__lt=clock.now() - KEPT_FOR).delete()[0]


@transaction.atomic
def retry(key: UUID, *, by: AnyActor) -> bool:
    """Put a failed job in once more, from the beginning of its attempts.

    :returns: whether there was one; somebody may have been quicker.
    """
    require(by, Act.KEEP_USERS)
    with acting_as(System("putting a job in again")):
        failed = QueuedJob.objects.filter(pk=key, state=JobState.FAILED)
        fresh = {"attempt": 1, "takers": 0, "begun_at": None, "ended_at": None, "fault": ""}
        found = failed.update(state=JobState.WAITING, run_after=clock.now(), **fresh) == 1
    if found:
        audit.note(
            by=by,
            act="put a job in again",
            model="queuedjob",
            organisation_id=by.organisation_id,
            target_id=key,
        )
    return found


def unfinished(job: Job) -> QuerySet[QueuedJob]:
    """Give what is in the outbox of a job and has not ended."""
    return QueuedJob.objects.filter(name=job.value, state__in=(JobState.WAITING, JobState.RUNNING))


def _require_system(by: AnyActor) -> None:
    if not isinstance(by, System):
        message = "You may not touch the outbox; the worker does."
        raise PermissionDenied(message)
