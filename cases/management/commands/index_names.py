"""Build the index of names anew, or say how far it is from the names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.actions import audit, names


class Command(BaseCommand):
    """`manage.py index_names`: after rows were loaded past the acts, or the folding changed."""

    help = "Bring search keys and the index of names in line with the names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail if anything would change."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with audit.system("indexing names") as by:
            told = names.compared() if options["check"] else names.rebuild(by=by)
        self.stdout.write(f"{told.people:,} people, {told.changed:,} not as their names say.")
        if options["check"] and told.changed:
            message = "The index of names is not what the names give. Run: manage.py index_names"
            raise CommandError(message)
