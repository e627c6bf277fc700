"""Writes so many rows of a list to nowhere, and says how much memory that took: for bench_files."""

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import chain, islice, repeat
from typing import Any

import django

django.setup()

from cases import clock
from cases.access.gate import Actor, System, acting_as
from cases.exchange import sources
from cases.exchange.files import write
from cases.exchange.tables import Made
from cases.models import User
from cases.queries.snapshot import snapshot
from cases.vocabulary.exports import FileFormat


class Nowhere:
    """Takes bytes and keeps none; a workbook asks where it stands."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, block: Any) -> int:
        self.size += len(block)
        return len(block)

    def flush(self) -> None:
        """Do nothing."""

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    closed = False

    def tell(self) -> int:
        return self.size


kind, rows = FileFormat(sys.argv[1]), int(sys.argv[2])
with acting_as(System("measuring")):
    user = User.objects.select_related("organisation").get(email="caseworker@measured.example")
made, began = Made("measuring", clock.now()), time.monotonic()
with acting_as(Actor.of(user)), snapshot(is_long=True):
    # A list that is shorter is gone through again: memory must not know the difference.
    opened = chain.from_iterable(
        sources.table_of("status-events", {}).rows for _again in repeat(None)
    )
    table = replace(sources.table_of("status-events", {}), rows=islice(opened, rows))
    write(table, kind, made, Nowhere())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"rows": made.rows, "seconds": time.monotonic() - began, "peak": peak}))
