"""Reset somebody's second factor where no second administrator is there to agree."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.actions import audit, factors
from cases.models import User


class Command(BaseCommand):
    """`manage.py reset_factor --email anna@example.org`."""

    help = "Remove a user's second factor, so that the next sign-in sets up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="The address of the user.")

    def handle(self, *_args: Any, **options: Any) -> None:
        with audit.system("resetting a second factor from the command line") as system:
            user = User.objects.filter(email__iexact=options["email"]).first()
            if user is None:
                message = f"There is no user with the address {options['email']}."
                raise CommandError(message)
            try:
                factors.reset(user, by=system)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write("The second factor is gone. The next sign-in sets up a new one.")
