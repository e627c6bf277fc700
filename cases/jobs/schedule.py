"""What is due by the clock: the worker asks each time it looks for work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from cases import clock
from cases.actions import jobs
from cases.outbox import Job

PURGE_EVERY = timedelta(minutes=15)


@dataclass
class Schedule:
    """Remembers what this worker has put in today.

    A worker that starts anew, or a second one, puts it in again: the jobs change nothing twice.
    """

    reminded: date | None = None
    summed_up: date | None = None
    purged: datetime | None = None

    def put_what_is_due(self) -> None:
        for job in self._due():
            if not jobs.unfinished(job).exists():
                jobs.put(job)

    def _due(self) -> Iterator[Job]:
        now, today = clock.now(), clock.today()
        if self.purged is None or now - self.purged >= PURGE_EVERY:
            self.purged = now
            yield Job.PURGE_EXPORTS
        if self.reminded != today:
            self.reminded = today
            yield Job.REMIND
            yield Job.FORGET_IMPORTS
        if self.summed_up != today and now.hour >= settings.SUMMARY_HOUR and settings.SENDS_MAIL:
            self.summed_up = today
            yield Job.SEND_SUMMARIES
