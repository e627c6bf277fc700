"""Recount what pages show from summaries, and compare."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.access import origin
from cases.jobs import caseload


class Command(BaseCommand):
    """`manage.py check_summaries`: ends with 1 where a summary is not what its counts are."""

    help = "Recount the people and compare with what is published; says what differs."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with origin.running():
            found = caseload.compare()
        for finding in found:
            self.stdout.write(json.dumps(finding.as_plain(), ensure_ascii=False))
        faults = [finding for finding in found if finding.is_fault]
        if faults:
            message = f"{len(faults)} of {len(found)} summaries are not what they are to be."
            raise CommandError(message)
        self.stdout.write(f"{len(found)} summaries are what they are to be.")
