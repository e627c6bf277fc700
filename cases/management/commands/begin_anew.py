"""`manage.py begin_anew`: all readers of the feed start from the beginning."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.actions import audit, changes


class Command(BaseCommand):
    """Says so in the trail, too."""

    help = (
        "Let all partners read the feed of changes from the start: after a restore into another "
        "server, or after rows were loaded past the acts."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with audit.system("letting readers of the feed begin anew") as by:
            changes.begin_anew(by=by)
        self.stdout.write("All readers of the feed begin anew.")
