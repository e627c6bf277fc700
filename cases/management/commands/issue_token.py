"""Issue a token to a user, and show it once."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.actions import attempts, audit, tokens
from cases.models import User


class Command(BaseCommand):
    """`manage.py issue_token --email partner@example.org --days 90`."""

    help = "Issue an API token to a user and print it; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="The address of the user.")
        parser.add_argument(
            "--days", type=int, help="How long the token lives; TOKEN_TTL_DAYS unless told."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(attempts.repeated(partial(issue, options["email"], options["days"])))


def issue(email: str, days: int | None) -> str:
    """Give the user of an address a token.

    :raises CommandError: if there is none, or they may have no token.
    """
    with audit.system("issuing a token from the command line") as system:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            message = f"There is no user with the address {email}."
            raise CommandError(message)
        try:
            return tokens.issue(by=system, user=user, expiry_days=days)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
