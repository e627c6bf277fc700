"""Find uploads that no row names, and rows whose file is missing."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases import clock
from cases.actions import attachments, audit


class Command(BaseCommand):
    """A server that was killed between storing a file and recording it leaves the file behind."""

    help = "Find uploads without a row (--delete: remove them), and rows without their file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Remove what no row names.")
        parser.add_argument(
            "--older-than", type=int, default=60, metavar="MINUTES",
            help="Leave younger files alone: their act may not have ended.",
        )  # fmt: skip

    def handle(self, *_args: Any, delete: bool, older_than: int, **_options: Any) -> None:
        before = clock.now() - timedelta(minutes=older_than)
        with audit.system("sweeping uploads") as by:
            found = attachments.sweep(by=by, before=before, delete=delete)
        done = "removed" if delete else "would be removed with --delete"
        self.stdout.write(f"Files that no row names: {len(found.orphans)} {done}.")
        if found.missing:
            listed = ", ".join(found.missing)
            message = f"Attachments whose file is missing: {listed}. Restore it from a backup."
            raise CommandError(message)
