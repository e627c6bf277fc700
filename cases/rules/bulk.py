"""One act on many rows: how many at once, and why one of them is left out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_noop

from cases.rules.numbers import grouped

MOST_ROWS = 5_000
GONE = gettext_noop("It is no longer there, or no longer yours to see.")
ANOTHERS = gettext_noop("Another organisation keeps it; only that one may change it.")
STALE = gettext_noop("Somebody has changed it since you chose it.")
FOR_THE_CELL = gettext_noop("This movement is not over; only the movement cell adds people to it.")
IN_ANOTHER_BATCH = gettext_noop("The person is in a batch that is not over.")


def check_number(rows: int) -> None:
    """Refuse a selection of none, or of more than can be looked over.

    :raises ValidationError: saying how many there may be.
    """
    if rows < 1:
        raise ValidationError(_("Choose at least one row."), code="none_chosen")
    if rows > MOST_ROWS:
        message = _("Choose %(most)s rows at most: narrow the list with its filters.") % {
            "most": grouped(MOST_ROWS)
        }
        raise ValidationError(message, code="too_many")
