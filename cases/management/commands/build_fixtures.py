"""Write the fixtures from the digests, or see that they are what the digests give."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.exchange import fixtures
from cases.exchange.digests import DigestError


class Command(BaseCommand):
    """Builds in memory; the configured database is neither read nor written."""

    help = "Write fixtures/ from the digests in seeds/."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail if a fixture is not what the digests give",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            built = fixtures.build(fixtures.SEEDS)
            if options["check"]:
                fixtures.compare(built, fixtures.FIXTURES)
            else:
                fixtures.write(built, fixtures.FIXTURES)
        except (DigestError, fixtures.FixturesDiffer) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            done = "as the digests give them" if options["check"] else "written"
            self.stdout.write(f"{len(built)} fixtures, {done}.")
