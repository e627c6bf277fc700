"""Load the five reports, two organisations with their users, and an invented caseload."""

import json
import secrets
from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import audit, organisations, tokens
from cases.exchange.fixtures import LOAD_ORDER
from cases.exchange.invented import Desk, record_people
from cases.exchange.invented_batches import (
    invented_office,
    invented_population,
    invented_word,
    record_batches,
)
from cases.exchange.invented_reports import record_reports
from cases.exchange.invented_tracing import record_requests
from cases.jobs import caseload
from cases.management.commands.serve import DEMO_ACCOUNTS, base_url
from cases.models import Body, Organisation, Place, User
from cases.vocabulary.organisations import Role
from cases.vocabulary.places import PlaceKind

SEED = 20241122
ROLES = {"a": tuple(Role), "b": (Role.CASEWORKER, Role.PARTNER)}
CLEARED = ("a-caseworker", "a-supervisor")
HANDFUL = 5


class Command(BaseCommand):
    """Fill an empty database, all or nothing."""

    help = "Load demonstration data into an empty database and write its credentials."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where there is data already."
        )
        parser.add_argument(
            "--force", action="store_true", help="Load it even where DEBUG and DEMO are off."
        )

    def handle(self, *_args: Any, if_empty: bool, force: bool, **_options: Any) -> None:
        with acting_as(System("looking for data")):
            is_empty = not Organisation.objects.exists()
        if not is_empty:
            self._stop(is_refusal=not if_empty)
            return
        with audit.system("loading the demonstration") as by:
            if not (settings.DEBUG or settings.DEMO or force):
                message = "This server is not for demonstrations. Set DEMO=1, or say --force."
                raise CommandError(message)
            self.stdout.write("Loading the demonstration: half a minute or so …")
            credentials = load(by)
            kept = keep(credentials, settings.DATA_DIR)
        self.stdout.write(f"The demonstration is loaded. Passwords and tokens: {kept}")

    def _stop(self, *, is_refusal: bool) -> None:
        if is_refusal:
            message = "There is data already. The demonstration goes into an empty database only."
            raise CommandError(message)
        self.stdout.write("There is data already, so the demonstration was not loaded.")


def load(by: AnyActor) -> dict[str, Any]:
    """Record everything; give what is needed to sign in."""
    call_command("loaddata", *LOAD_ORDER, verbosity=0)
    ours = Organisation.objects.get(key="a")
    theirs = organisations.enrol(by=by, key="b", name="Border Families Network (demonstration)")
    office: Body | None = None
    actors: list[dict[str, str]] = []
    for organisation in (ours, theirs):
        users = {role: _user(by, organisation, role, actors) for role in _roles(organisation)}
        office = office or invented_office(by, organisation)
        _record_caseload(by, organisation, users, office)
    caseload.publish()
    return {
        "base_url": base_url(settings.HOST, settings.PORT).rstrip("/"),
        "organisations": [
            {"key": organisation.key, "id": str(organisation.pk), "name": organisation.name}
            for organisation in (ours, theirs)
        ],
        "actors": actors,
    }


def _roles(organisation: Organisation) -> tuple[Role, ...]:
    """Every organisation has a supervisor: somebody is the second person who closes a case."""
    return tuple(dict.fromkeys((*ROLES[organisation.key], Role.SUPERVISOR)))


def _user(
    by: AnyActor, organisation: Organisation, role: Role, actors: list[dict[str, str]]
) -> User:
    key = f"{organisation.key}-{role}"
    is_actor = role in ROLES[organisation.key]
    password = secrets.token_urlsafe(16)
    user = organisations.add_user(
        by=by,
        organisation=organisation,
        email=f"{key}{DEMO_ACCOUNTS}",
        name=f"{role.label} {organisation.key.upper()} (demonstration)",
        role=role,
        password=password if is_actor else None,
        is_cleared_for_restricted=key in CLEARED,
        is_movement_cell=role is Role.SUPERVISOR,
    )
    if is_actor:
        actors.append(
            {
                "key": key,
                "organisation": organisation.key,
                "role": role,
                "email": user.email,
                "password": password,
                "token": tokens.issue(by=by, user=user),
            }
        )
    return user


def _record_caseload(
    by: AnyActor, organisation: Organisation, users: dict[Role, User], office: Body
) -> None:
    chance = Random(f"{SEED} {organisation.key}")  # noqa: S311 - the same people on every machine
    places = Place.objects.filter(kind__in=[PlaceKind.SETTLEMENT, PlaceKind.OBLAST])
    desk = Desk(
        users=users,
        places=list(places.order_by("name")[:HANDFUL]),
        body=office,
        record=invented_word(by, organisation, office),
    )
    people = record_people(desk, chance)
    record_batches(desk, invented_population(by, organisation), people, chance)
    record_reports(desk)
    record_requests(desk, people)


def keep(credentials: dict[str, Any], folder: Path) -> Path:
    """Write the credentials for their owner alone, whole or not at all."""
    kept, draft = folder / "credentials.json", folder / "credentials.json.draft"
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(credentials, indent=2, ensure_ascii=False) + "\n", "utf-8")
    draft.replace(kept)
    return kept
