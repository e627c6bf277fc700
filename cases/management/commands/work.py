"""Do what can wait: bulk work, reminders, daily summaries."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.jobs.worker import Worker


class Command(BaseCommand):
    """`manage.py work`."""

    help = "Carry out jobs until stopped; --once: what is due now, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Work off what is due, and end.")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        worker = Worker(is_alone=once and settings.IS_EMBEDDED)
        if once:
            self.stdout.write(f"Jobs carried out: {worker.turn()}")
            return
        if settings.WORKER_IN_SERVER:
            message = (
                "The server does this work itself. Set WORKER_IN_SERVER=0 for both, or use --once."
            )
            raise CommandError(message)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopped.set())
        self.stdout.write("Working until stopped.")
        worker.run()
