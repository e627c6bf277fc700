"""Publish the counts of people."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.access import origin
from cases.jobs.runner import run_now
from cases.outbox import Job


class Command(BaseCommand):
    """`manage.py publish_caseload`: what the worker does each day, for where cron is to do it."""

    help = "Count the people of every organisation and publish what may be shown of them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with origin.running():
            run_now(Job.PUBLISH_CASELOAD)
        self.stdout.write("The counts of people are published, where enough has changed.")
