"""Carries out jobs, one at a time, until told to stop."""

import logging
from datetime import timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import jobs
from cases.actions.attempts import repeated
from cases.jobs import runner
from cases.jobs.schedule import Schedule
from cases.models import QueuedJob
from cases.vocabulary.jobs import JobState

INTERVAL = 1.0
LONGEST = timedelta(minutes=10)
"""No portion of a job takes so long: one begun earlier was left by a worker that was killed."""
REAPS = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Worker:
    """One worker. ``is_alone`` says that no other can be at work on this database."""

    def __init__(self, *, is_alone: bool = False) -> None:
        self.actor = System("working")
        self.stopped = Event()
        self.schedule = Schedule()
        self.reaps_at = clock.now()
        self.horizon = timedelta() if is_alone else LONGEST

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        while not self.stopped.is_set():
            close_old_connections()
            try:
                self.turn()
            except DatabaseError:
                log.exception("The worker waits for the database")
            close_old_connections()
            self.stopped.wait(INTERVAL)

    def turn(self) -> int:
        """Put back what was left, put in what is due by the clock, and carry out what is ready.

        :returns: how many jobs.
        """
        with acting_as(self.actor):
            self._reap()
            self.schedule.put_what_is_due()
            done = 0
            while not self.stopped.is_set() and (job := self.take()) is not None:
                runner.carry_out(job, by=self.actor)
                done += 1
        return done

    def take(self) -> QueuedJob | None:
        waiting = QueuedJob.objects.filter(state=JobState.WAITING, run_after__lte=clock.now())
        if not waiting.exists():  # to look takes no lock: on SQLite it would be one of the whole
            return None
        return repeated(lambda: jobs.take(by=self.actor))

    def _reap(self) -> None:
        """Put back what killed workers had in hand: at once when alone, later after a time."""
        now = clock.now()
        if now < self.reaps_at:
            return
        count = jobs.reap(by=self.actor, before=now - self.horizon)
        if count:
            log.warning("Jobs put back that a worker had left: %s", count)
        self.horizon, self.reaps_at = LONGEST, now + REAPS


def start_beside_server() -> Thread | None:
    """Let a thread of the server work, where the settings say so; it ends with the process."""
    if not settings.WORKER_IN_SERVER:
        return None
    worker = Worker(is_alone=settings.IS_EMBEDDED and settings.WORKERS == 1)
    thread = Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    return thread
