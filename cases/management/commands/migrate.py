"""Django's `migrate`, by the owner of the tables; brings row security up to date after it."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from cases.access.postgres.owner import as_owner
from cases.access.postgres.securing import CannotMakeRole, secure


class Command(migrate.Command):
    """Migrates as DATABASE_OWNER_URL, then checks what DATABASE_URL would meet."""

    def get_check_kwargs(self, _options: Any) -> Any:
        """Ask nothing of the database yet: it is about to be changed."""
        return {}

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        connection = connections[alias]
        try:
            with as_owner(connection):
                super().handle(*args, **options)
                if connection.vendor == "postgresql" and _is_whole(options):
                    secure(connection, apps.get_app_config("cases").get_models())
        except (ImproperlyConfigured, CannotMakeRole) as refusal:
            raise CommandError(str(refusal)) from None
        if not options["skip_checks"] and _is_whole(options):
            self.check(databases=[alias])


def _is_whole(options: dict[str, Any]) -> bool:
    """Whether all migrations were to be applied; on the way the tables are not those declared."""
    asked = ("app_label", "plan", "check_unapplied", "fake")
    return not any(options[name] for name in asked)
