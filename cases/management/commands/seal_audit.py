"""Let the trail speak for rows as they stand, where a migration has changed what they hold."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.actions import audit, recording
from cases.queries.audit import rows


class Command(BaseCommand):
    """Blesses what it finds, and says so in the trail for each row: run it right after migrating.

    What `verify_audit` found before the migration is not to be sealed over.
    """

    help = "Write an entry for each row that the trail does not speak for as it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="why the rows differ; the trail has it")

    def handle(self, *_args: Any, reason: str, **_options: Any) -> None:
        if not reason.strip():
            message = "Say why the rows differ: the trail keeps it beside each of them."
            raise CommandError(message)
        sealed = 0
        with audit.system("sealing rows") as by:
            for row, fault in rows():
                if fault is None:
                    continue
                if row is None:
                    raise CommandError(str(fault))
                recording.seal(row, by=by, reason=reason)
                sealed += 1
        what = "row" if sealed == 1 else "rows"
        self.stdout.write(f"Sealed {sealed} {what}. Entries of the act “sealed” say which.")
