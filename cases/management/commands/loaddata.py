"""Django's `loaddata`, let through the gate and noted in the trail."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.utils.functional import cached_property

from cases.actions import audit
from cases.exchange.fixtures import FIXTURES, FixturesDiffer, check_unedited


class Command(loaddata.Command):
    """Loads all or nothing, as the system; finds our fixtures from any folder."""

    def handle(self, *fixture_labels: Any, **options: Any) -> None:
        try:
            check_unedited(fixture_labels)
        except FixturesDiffer as refusal:
            raise CommandError(str(refusal)) from None
        with audit.system("loading fixtures"):
            super().handle(*fixture_labels, **options)

    @cached_property
    def fixture_dirs(self) -> list[str]:
        found: list[str] = super().fixture_dirs
        return [*found, str(FIXTURES)]
