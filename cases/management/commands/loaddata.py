"""Django's `loaddata`, let through the gate and noted in the trail."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.utils.functional import cached_property

from cases.access.gate import current_actor
from cases.actions import audit, names, recording
from cases.exchange.fixtures import FIXTURES, FixturesDiffer, check_unedited
from cases.models.base import Versioned


class Command(loaddata.Command):
    """Loads all or nothing, as the system, noting each row; finds our fixtures from any folder."""

    def handle(self, *fixture_labels: Any, **options: Any) -> None:
        try:
            check_unedited(fixture_labels)
        except FixturesDiffer as refusal:
            raise CommandError(str(refusal)) from None
        with audit.system("loading fixtures"):
            super().handle(*fixture_labels, **options)

    def save_obj(self, obj: Any) -> bool:
        """Save one row, and say so in the trail."""
        row = obj.object
        is_ours = isinstance(row, Versioned)
        before = recording.version_of(row) if is_ours else None
        is_saved: bool = super().save_obj(obj)
        if is_saved and is_ours:
            names.follow(row)
            versions = (before, row.version)
            recording.trail(row, by=current_actor(), act="loaded", versions=versions)
        return is_saved

    @cached_property
    def fixture_dirs(self) -> list[str]:
        found: list[str] = super().fixture_dirs
        return [*found, str(FIXTURES)]
