"""Enrol an organisation with its first administrator: how a real installation begins."""

import getpass
import secrets
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.actions import attempts, audit, organisations
from cases.models import Organisation
from cases.vocabulary.organisations import Role


class Command(BaseCommand):
    """Add both, or neither."""

    help = "Enrol an organisation and its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, help="its key, such as homeward")
        parser.add_argument("--name", required=True, help="its name, as its users know it")
        parser.add_argument("--email", required=True, help="the administrator's address")
        parser.add_argument("--random-password", action="store_true", help="print one; do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        is_asked = sys.stdin.isatty() and not options["random_password"]
        password = ask() if is_asked else secrets.token_urlsafe(16)
        try:
            given = (options["organisation"], options["name"], options["email"], password)
            attempts.repeated(partial(enrol, *given))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(
            f"{options['name']} is enrolled. Sign in at admin/ as {options['email']}."
        )
        if not is_asked:
            self.stdout.write(f"Password, shown once: {password}")


def ask() -> str:
    """Ask for the password twice, without showing it."""
    password = getpass.getpass("Password of the administrator: ")
    if password != getpass.getpass("The same again: "):
        message = "The two passwords differ. Nothing was written."
        raise CommandError(message)
    return password


def enrol(key: str, name: str, email: str, password: str) -> None:
    """Add the organisation and its administrator.

    :raises ValidationError: if the key or the address is taken, or the password too weak.
    """
    with audit.system("enrolling an organisation") as by:
        organisation: Organisation = organisations.enrol(by=by, key=key, name=name)
        organisations.add_user(
            by=by,
            organisation=organisation,
            email=email,
            role=Role.ADMINISTRATOR,
            password=password,
        )
