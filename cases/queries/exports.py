"""Files whose end has come."""

from datetime import datetime

from django.db.models import Q

from cases.models import ExportRun
from cases.rules.exports import MOST_DOWNLOADS
from cases.vocabulary.exports import ExportState


def over(at: datetime) -> list[ExportRun]:
    """Give the runs whose file is to go: their time is up, or it was taken often enough."""
    ended = Q(expires_at__lte=at) | Q(downloads__gte=MOST_DOWNLOADS)
    return list(ExportRun.objects.filter(ended, state=ExportState.READY).order_by("pk"))
