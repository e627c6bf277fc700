"""Figures that left in files, and what has become of them since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cases.access.gate import current_actor
from cases.models import FiguresTaken, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.rules.exports import MOST_FIGURES

REMEMBERED = timedelta(days=366)
_FILES = 50
Held = tuple[UUID, int, str]
"""A figure in a file: its id, its version, what it said."""


@dataclass(frozen=True)
class Moved:
    """A figure of a file that is no longer as it left: what it said, and what it is today.

    ``by`` took its place.
    """

    file: str
    taken_at: datetime
    said: str
    claim: Claim
    by: Claim | None
    is_cut: bool


def versions_of(figures: Collection[str]) -> list[Held]:
    """Give id, version and words of figures as they stand."""
    if not figures:
        return []
    rows = ReportedCount.objects.filter(pk__in=list(figures))
    return list(rows.order_by("pk").values_list("pk", "version", "stated_text"))


def written(held: Iterable[Held]) -> str:
    """Write what a file held, a line each."""
    return "\n".join(f"{key} {version} {' '.join(text.split())}" for key, version, text in held)


def moved(until: datetime) -> tuple[Moved, ...]:
    """Say which figures that whoever acts has taken are not as they were, the latest file first.

    A figure is told once, of the last file it left in.
    """
    files = FiguresTaken.objects.filter(
        recorded_by=current_actor().user_id, recorded_at__gte=until - REMEMBERED
    )
    held: dict[UUID, tuple[FiguresTaken, int, str]] = {}
    for file in files.order_by("-recorded_at", "pk")[:_FILES]:
        for line in file.held.splitlines():
            key, version, text = (*line.split(" ", 2), "")[:3]
            held.setdefault(UUID(key), (file, int(version), text))
        if len(held) > MOST_FIGURES:
            break
    changed = _changed({key: version for key, (_file, version, _text) in held.items()})
    return tuple(
        Moved(file.file, file.recorded_at, text, *changed[key], file.is_cut)
        for key, (file, _version, text) in held.items()
        if key in changed
    )


def _changed(versions: dict[UUID, int]) -> dict[UUID, tuple[Claim, Claim | None]]:
    now = ReportedCount.objects.filter(pk__in=list(versions)).values_list("pk", "version")
    keys = [key for key, version in now if version != versions[key]]
    rows = ReportedCount.objects.filter(supersedes__in=keys)
    became = dict(rows.values_list("pk", "supersedes"))
    by = {became[claim.id]: claim for claim in claims_of(rows)}
    claims = claims_of(ReportedCount.objects.filter(pk__in=keys))
    return {claim.id: (claim, by.get(claim.id)) for claim in claims}
