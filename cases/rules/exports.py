"""How long a file that tells who somebody is may be taken, and how often."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.exports import ExportState

KEPT_FOR = timedelta(hours=24)
MOST_DOWNLOADS = 3
MOST_FIGURES = 5_000
"""As many figures of a file are remembered; of a larger one, the first."""


def check_open(state: str) -> None:
    """Refuse to decide twice.

    :raises ValidationError: for a request that is decided.
    """
    if state != ExportState.WAITING:
        message = _("This was decided already.")
        raise ValidationError({"state": ValidationError(message, code="decided")})


def check_there(state: str, expires_at: datetime | None, downloads: int, *, at: datetime) -> None:
    """Refuse to hand out what is not there yet, or no longer.

    :raises ValidationError: saying what to do.
    """
    if state in {ExportState.WAITING, ExportState.APPROVED}:
        message = _("The file is not made yet. Ask again when its state is “ready”.")
        raise ValidationError({"state": ValidationError(message, code="not_ready")})
    is_late = expires_at is None or expires_at <= at
    if state != ExportState.READY or is_late or downloads >= MOST_DOWNLOADS:
        message = _("There is no file any more. Ask for another, with a reason.")
        raise ValidationError({"state": ValidationError(message, code="over")})
