"""How far and how long one case may be shared."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = timedelta(days=180)


def check_end(since: datetime, until: datetime | None, field: str = "expires_at") -> None:
    """Refuse a grant that has no end, ends before it begins, or lasts too long.

    :raises ValidationError: saying how long it may last.
    """
    if until is None or since < until <= since + LONGEST:
        return  # none at all is the field's own complaint
    message = _("A grant ends between now and %(days)s days from now. Choose such a day.") % {
        "days": LONGEST.days
    }
    raise ValidationError({field: ValidationError(message, code="expiry")})
