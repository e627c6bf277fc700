"""How long a file that tells who somebody is may be taken, and how often."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.rules.numbers import grouped
from cases.vocabulary.exports import ExportState

KEPT_FOR = timedelta(hours=24)
MOST_DOWNLOADS = 3
MOST_FIGURES = 5_000
"""As many figures of a file are remembered; of a larger one, the first."""
BUDGET_OVER = timedelta(days=1)
"""The span in which one user's files together have so many rows at most."""


def check_budget(rows: int, *, before: int, most: int) -> None:
    """Refuse a file that would take its user beyond the rows of a day; 0 is no bound.

    :raises ValidationError: saying what is left, and what to do.
    """
    if most and before + rows > most:
        message = _(
            "That would be %(rows)s rows, and %(left)s of the %(most)s are left that one user may "
            "take in a day. Narrow the list, or take the rest tomorrow."
        ) % {"rows": grouped(rows), "left": grouped(max(most - before, 0)), "most": grouped(most)}
        raise ValidationError(message, code="budget")


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
