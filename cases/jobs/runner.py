"""From the name of a job to what it does."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from cases import clock
from cases.access import origin
from cases.access.gate import System
from cases.actions import jobs
from cases.jobs import (
    bulk,
    caseload,
    changes,
    exports,
    imports,
    reminders,
    summaries,
    webhooks,
    weekly,
)
from cases.models import QueuedJob
from cases.outbox import Job

MOST_ATTEMPTS = 3
PAUSE = timedelta(minutes=1)

JOBS: Mapping[Job, Callable[[str], str | None]] = {
    Job.CARRY_OUT_BULK: bulk.carry_out,
    Job.BUILD_EXPORT: exports.build,
    Job.PURGE_EXPORTS: exports.purge,
    Job.CARRY_OUT_IMPORT: imports.carry_out,
    Job.FORGET_IMPORTS: imports.forget,
    Job.REMIND: reminders.remind,
    Job.SEND_SUMMARIES: summaries.send,
    Job.SEND_WEEKLY_SUMMARIES: weekly.send,
    Job.DELIVER_TO_WEBHOOKS: webhooks.deliver,
    Job.PUBLISH_CASELOAD: caseload.publish,
    Job.NOTE_ENDED_GRANTS: changes.note_ended_grants,
}
"""Each does one portion, and gives what to go on with; done twice, it changes nothing more."""

log = logging.getLogger(__name__)


def carry_out(row: QueuedJob, *, by: System) -> None:
    """Carry out one portion of a job; put in the next one, or the same again after a pause."""
    job = Job(row.name)
    try:
        with origin.running():
            rest = JOBS[job](row.argument)
    except Exception as fault:
        log.exception("The job %s failed, at attempt %s", row.name, row.attempt)
        if row.attempt < MOST_ATTEMPTS:
            later = clock.now() + row.attempt * PAUSE
            jobs.put(job, row.argument, after=later, attempt=row.attempt + 1)
        jobs.end(row, by=by, fault=type(fault).__name__)
        return
    if rest is not None:
        jobs.put(job, rest)
    jobs.end(row, by=by)


def run_now(job: Job) -> None:
    """Carry out a whole job here, for a command: portion after portion."""
    argument: str | None = ""
    while argument is not None:
        argument = JOBS[job](argument)
