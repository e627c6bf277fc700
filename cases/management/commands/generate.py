"""Fill a database with an invented crowd, to measure it."""

import secrets
from argparse import ArgumentParser
from collections import Counter
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cases import ids
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.access.postgres.owner import as_owner
from cases.actions import audit, loading, names, organisations
from cases.exchange.fixtures import LOAD_ORDER
from cases.exchange.invented_batches import OFFICE, invented_office, invented_word
from cases.exchange.invented_crowd import Crowd, Keeper
from cases.management.commands.serve import DEMO_ACCOUNTS
from cases.models import Body, Individual, Organisation, Place, User
from cases.models.sqlite import take_stock
from cases.vocabulary.organisations import Role
from cases.vocabulary.places import PlaceKind

SEED = 20241122
SHARES = (40, 25, 15, 12, 8)
"""How many in a hundred each organisation keeps."""
WORKERS = 4
PLACES = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.OBLAST)


class Command(BaseCommand):
    """All or nothing, as the system; the trail has one entry for the run."""

    help = (
        "Fill a database with invented people, to measure it. They are written past the acts: "
        "the trail speaks for the run and not for each row, and verify_audit says so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--individuals", type=int, default=1_000_000, help="how many people")
        parser.add_argument("--events", type=int, default=4, help="steps a person, on average")
        parser.add_argument("--seed", type=int, default=SEED, help="the same people each time")
        parser.add_argument(
            "--add", action="store_true", help="Add to a database that holds people already."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where there are people already."
        )
        parser.add_argument(
            "--force", action="store_true", help="Generate even where DEBUG and DEMO are off."
        )

    def handle(self, *_args: Any, individuals: int, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO or options["force"]):
            message = "This server is not for measuring. Set DEMO=1, or say --force."
            raise CommandError(message)
        with acting_as(System("looking for people")):
            has_people = Individual.objects.exists()
        if has_people and options["if_empty"]:
            return
        if has_people and not options["add"]:
            message = "There are people already. Use an empty database, or say --add."
            raise CommandError(message)
        password = secrets.token_urlsafe(16)
        with as_owner(connection):  # who alone may take indexes down and gather statistics
            with audit.system(f"generating {individuals} people for measuring") as by:
                written = self._generate(by, individuals, password, options)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
        take_stock(connection)
        told = ", ".join(f"{number:,} {name}" for name, number in written.items())
        self.stdout.write(f"Generated {told}.")
        self.stdout.write(f"The accounts worker-…{DEMO_ACCOUNTS} have the password {password}")

    def _generate(
        self, by: AnyActor, people: int, password: str, options: dict[str, Any]
    ) -> Counter[str]:
        if not Place.objects.exists():
            call_command("loaddata", *LOAD_ORDER, verbosity=0)
        first = Organisation.objects.count() + 1
        name = f"{options['seed']} {first}"
        with ids.derived_from(name):
            keepers = enrol(by, first, password)
        places = Place.objects.filter(kind__in=PLACES).order_by("pk").values_list("pk", flat=True)
        crowd = Crowd(
            Random(name),  # noqa: S311 - the same people on every machine
            keepers,
            [place.hex for place in places],
            events=options["events"],
        )
        written: Counter[str] = Counter()
        with loading.unindexed(crowd.sheets.models, by=by):
            for rows in crowd.invent(people):
                for sheet, some in rows.items():
                    loading.load(sheet, some, by=by)
                    written[str(sheet.model._meta.verbose_name_plural)] += len(some)
                if options["verbosity"] > 1:
                    self.stdout.write(f"{written['individuals']:,} …")
        names.rebuild(by=by)
        return written


def enrol(by: AnyActor, first: int, password: str) -> list[Keeper]:
    """Enrol the organisations that keep the crowd, with who works there."""
    office = Body.objects.filter(name=OFFICE).first()
    keepers: list[Keeper] = []
    for number, share in enumerate(SHARES, start=first):
        name = f"Measured organisation {number}"
        organisation = organisations.enrol(by=by, key=f"measured-{number}", name=name)
        office = office or invented_office(by, organisation)
        workers = [
            _user(by, organisation, f"worker-{number}-{worker}", Role.CASEWORKER, password)
            for worker in range(1, WORKERS + 1)
        ]
        supervisor = _user(by, organisation, f"supervisor-{number}", Role.SUPERVISOR, password)
        keepers.append(
            Keeper(
                organisation=organisation.pk.hex,
                workers=[worker.pk.hex for worker in workers],
                supervisor=supervisor.pk.hex,
                statement=invented_word(by, organisation, office).pk.hex,
                share=share,
            )
        )
    return keepers


def _user(by: AnyActor, organisation: Organisation, name: str, role: Role, password: str) -> User:
    return organisations.add_user(
        by=by,
        organisation=organisation,
        email=f"{name}{DEMO_ACCOUNTS}",
        name=name.replace("-", " ").capitalize(),
        role=role,
        password=password,
        is_cleared_for_restricted=role is Role.SUPERVISOR,
        is_movement_cell=role is Role.SUPERVISOR,
    )
