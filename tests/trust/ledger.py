"""What a database must look like after a crash, judged in plain SQL.

A row, its version and its trail agree; the trail is one unbroken chain for each organisation.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tests.trust.installation import Installation

Key = tuple[str, UUID]
WRITTEN = ("task", "individual", "individualname")
BEGINNING = "0" * 64


def versions(installation: Installation) -> dict[Key, int]:
    """Give the version of every row of the kinds that are written."""
    found: dict[Key, int] = {}
    for model in WRITTEN:
        rows = installation.rows(f"SELECT id, version FROM cases_{model}")
        found |= {(model, UUID(str(pk))): version for pk, version in rows}
    return found


def trail(installation: Installation) -> dict[Key, list[int]]:
    """Give the versions that the trail tells of, row by row, in its order."""
    named = ", ".join(f"'{model}'" for model in WRITTEN)
    rows = installation.rows(
        "SELECT model, target_id, version_after FROM cases_auditentry "
        f"WHERE model IN ({named}) AND version_after IS NOT NULL ORDER BY number"
    )
    told: dict[Key, list[int]] = defaultdict(list)
    for model, target, after in rows:
        told[model, UUID(str(target))].append(after)
    return told


def disagreements(installation: Installation, known: Iterable[Key] = ()) -> set[Key]:
    """Name rows without their trail, and trails without their row; ``known`` ones left out.

    What fixtures brought has no trail of its own: it is known from before.
    """
    rows, told = versions(installation), trail(installation)
    return {
        key
        for key in rows.keys() | told.keys()
        if told.get(key) != list(range(1, rows.get(key, 0) + 1))
    } - set(known)


def breaks(installation: Installation) -> int:
    """Count the links of the trail that do not hold: numbers, hashes, heads."""
    entries = installation.rows(
        "SELECT organisation_id, number, previous_hash, hash FROM cases_auditentry "
        "ORDER BY organisation_id, number"
    )
    heads = installation.rows("SELECT organisation_id, number, hash FROM cases_audithead")
    last: dict[Any, tuple[int, str]] = {}
    broken = 0
    for chain, number, previous, digest in entries:
        before = last.get(chain, (0, BEGINNING))
        broken += (number - 1, previous) != before
        last[chain] = (number, digest)
    return broken + len(set(last.items()) ^ {(chain, (n, digest)) for chain, n, digest in heads})
