"""Django's `flush`, by the owner of the tables: the application's role may not empty them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from cases.access.postgres.owner import as_owner


class Command(flush.Command):
    """Flushes as DATABASE_OWNER_URL."""

    def handle(self, **options: Any) -> None:
        try:
            with as_owner(connections[options["database"]]):
                super().handle(**options)
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
