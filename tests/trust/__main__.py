"""`python -m tests.trust [PARTS] [--database sqlite|postgres]`; the parts are in `PARTS` below."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable

from tests import postgres
from tests.trust import detection, fuzz, imports, kill, twins, webhooks, workers, writers
from tests.trust.figures import Figure, counted, table
from tests.trust.installation import Ground, Installation, ground

Part = Callable[[Installation], list[Figure]]
MOST_SHOWN = 20
FURTHER = {"imports": workers.APART, "webhooks": webhooks.SETTINGS}
"""The settings of an installation on which a part is tried, beside those of the demonstration."""
PARTS: dict[str, Part] = {
    "writers": writers.run,
    "twins": twins.run,
    "kill": kill.run,
    "imports": imports.run,
    "webhooks": webhooks.run,
    "tampering": detection.run,
    "fuzz": fuzz.run,
}


def main() -> None:
    """Run the parts asked for on each database; leave with 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("parts", nargs="*")  # choices would refuse an empty list
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - PARTS.keys():
        parser.error(f"There is no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    tables, is_kept = [], True
    for database in asked.database or databases():
        with ground(database) as made:
            figures = [figure for part in asked.parts or PARTS for figure in tried(made, part)]
            tables.append(table(made.store.name, figures))
        is_kept &= all(figure.is_kept for figure in figures)
    print("\n" + "\n\n".join(tables))
    sys.exit(not is_kept)


def databases() -> list[str]:
    """Name those to try: the one of TEST_DATABASE, else both."""
    if named := os.environ.get("TEST_DATABASE"):
        return [named]
    if postgres.find_binaries():
        return ["sqlite", "postgres"]
    print(f"Not tried on PostgreSQL. {postgres.NONE_FOUND}")
    return ["sqlite"]


def tried(made: Ground, part: str) -> list[Figure]:
    """Run one part on a fresh copy, and count the answers that no contract knows."""
    began = time.monotonic()
    print(f"· {part} on {made.store.name}", flush=True)
    with made.part(part, FURTHER.get(part, {})) as installation:
        figures = PARTS[part](installation)
        faults = installation.tally.faults
        for fault in faults[:MOST_SHOWN]:
            print(f"  {fault}")
        if faults:
            print(installation.log.read_text()[-3000:])
    figures.append(counted(part, "5xx", len(faults), 0))
    print(f"  {time.monotonic() - began:.0f} s", flush=True)
    return figures


if __name__ == "__main__":
    main()
