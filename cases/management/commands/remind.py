"""Set the tasks that cases ask for, and drop those whose reason is no more."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.access import origin
from cases.jobs.runner import run_now
from cases.outbox import Job


class Command(BaseCommand):
    """`manage.py remind`: what the worker does each day, for where cron is to do it."""

    help = "Set the tasks that cases ask for by themselves, now."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with origin.running():
            run_now(Job.REMIND)
        self.stdout.write("Reminders are up to date.")
