"""Files that were asked for: those to decide on, one's own, and those whose end has come."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.models import ExportRun
from cases.rules.exports import MOST_DOWNLOADS
from cases.vocabulary.exports import ExportState

MOST_LISTED = 100


def runs() -> list[ExportRun]:
    """List what was asked for within sight: what waits first, then the newest."""
    rows = ExportRun.objects.prefetch_related("recorded_by", "decided_by")
    found = rows.order_by("-recorded_at", "pk")[:MOST_LISTED]
    return sorted(found, key=lambda run: run.state != ExportState.WAITING)


def run_of(key: UUID) -> ExportRun | None:
    """Give one within sight."""
    rows = ExportRun.objects.prefetch_related("recorded_by", "decided_by")
    return rows.filter(pk=key).first()


def rows_made(by: AnyActor, *, since: datetime) -> int:
    """Count the rows of the files that were made for a user since a moment."""
    with acting_as(System("counting the rows that a user has taken")):
        made = ExportRun.objects.filter(recorded_by=by.user_id, built_at__gt=since)
        return int(made.aggregate(rows=Sum("rows"))["rows"] or 0)


def over(at: datetime) -> list[ExportRun]:
    """Give the runs whose file is to go: their time is up, or it was taken often enough."""
    ended = Q(expires_at__lte=at) | Q(downloads__gte=MOST_DOWNLOADS)
    return list(ExportRun.objects.filter(ended, state=ExportState.READY).order_by("pk"))
