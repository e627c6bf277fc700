"""Look for cases that may be of one person, for staff to say; run it every day."""

from argparse import ArgumentParser
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from cases import clock
from cases.actions import attempts, audit, duplicates
from cases.actions.duplicates import Found
from cases.models import Organisation
from cases.queries import duplicates as queries

_AT_ONCE = 200


class Command(BaseCommand):
    """`manage.py find_duplicates`."""

    help = "Store likely duplicates among cases changed lately, for the page that asks about them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=2, help="how far back; 2 unless told")
        parser.add_argument("--all", action="store_true", help="look at every case")

    def handle(self, *_args: Any, days: int, all: bool, **_options: Any) -> None:  # noqa: A002
        since = None if all else clock.now() - timedelta(days=days)
        with audit.system("finding duplicates"):
            work = {one: queries.changed(one, since) for one in Organisation.objects.order_by("pk")}
        found = Found()
        for organisation, people in work.items():
            for start in range(0, len(people), _AT_ONCE):
                some = people[start : start + _AT_ONCE]
                told = attempts.repeated(partial(look, some, organisation))
                found = Found(found.people + told.people, found.pairs + told.pairs)
        self.stdout.write(f"Looked at {found.people:,} cases: {found.pairs:,} likely pairs.")


def look(people: list[UUID], organisation: Organisation) -> Found:
    """Look at some cases, in one transaction."""
    with audit.system("finding duplicates") as by:
        return duplicates.find(people, by=by, organisation=organisation)
