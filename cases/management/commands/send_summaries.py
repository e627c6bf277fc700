"""Send the daily and the weekly e-mails."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.access import origin
from cases.jobs.runner import run_now
from cases.outbox import Job


class Command(BaseCommand):
    """`manage.py send_summaries`: what the worker does each day, where cron is to do it."""

    help = "Send the summaries of today, and of the week, to those who have not got them yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.SENDS_MAIL:
            message = "No mail server is named. Set EMAIL_URL."
            raise CommandError(message)
        with origin.running():
            run_now(Job.SEND_SUMMARIES)
            run_now(Job.SEND_WEEKLY_SUMMARIES)
        self.stdout.write("Today's summaries are sent.")
