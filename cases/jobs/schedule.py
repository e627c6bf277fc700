"""What is due by the clock: the worker asks each time it looks for work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from cases import clock
from cases.actions import jobs
from cases.outbox import Job
from cases.queries import webhooks

_GLANCE = timedelta(seconds=5)

PURGE_EVERY = timedelta(minutes=15)


@dataclass
class Schedule:
    """Remembers what this worker has put in today.

    A worker that starts anew, or a second one, puts it in again: the jobs change nothing twice.
    """

    reminded: date | None = None
    summed_up: date | None = None
    purged: datetime | None = None
    looked_for_ends: datetime | None = None
    looked_at_webhooks: datetime | None = None
    last_change: int | None = None

    def put_what_is_due(self) -> None:
        for job in self._due():
            if not jobs.unfinished(job).filter(run_after__lte=clock.now()).exists():
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
            yield Job.PUBLISH_CASELOAD
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.looked_for_ends != hour:
            self.looked_for_ends = hour
            yield Job.NOTE_ENDED_GRANTS
        if self._is_there_to_deliver(now):
            yield Job.DELIVER_TO_WEBHOOKS
        if self.summed_up != today and now.hour >= settings.SUMMARY_HOUR and settings.SENDS_MAIL:
            self.summed_up = today
            yield Job.SEND_SUMMARIES
            yield Job.SEND_WEEKLY_SUMMARIES

    def _is_there_to_deliver(self, now: datetime) -> bool:
        """Look every few seconds, for it is asked each second; once a minute in any case.

        A change that was committed late may have a lower number than the last one seen.
        """
        if self.looked_at_webhooks is not None and now - self.looked_at_webhooks < _GLANCE:
            return False
        is_new_minute = self.looked_at_webhooks is None or now.second < _GLANCE.seconds
        self.looked_at_webhooks = now
        if not webhooks.active().exists():
            return False
        last, self.last_change = self.last_change, webhooks.last_change()
        return is_new_minute or last != self.last_change or webhooks.due().exists()
