"""Up to when somebody has seen what changed among the figures: they say so themselves."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.actions import recording
from cases.models import User


@transaction.atomic
def see(user: User, *, by: AnyActor, until: datetime) -> User:
    """Note that somebody has seen what changed until a moment; nothing else is kept of a visit.

    :raises PermissionDenied: for anybody but themselves.
    :raises ValidationError: for a moment that has not come.
    """
    if by.user_id is None or by.user_id != user.pk:
        message = _("You may not say for somebody else what they have seen.")
        raise PermissionDenied(message)
    if until > clock.now():
        message = _("Nobody has seen what has not happened yet. Open the page again.")
        raise ValidationError(message, code="future")
    if user.figures_seen_at is not None and user.figures_seen_at >= until:
        return user
    return recording.settle(user, {"figures_seen_at": until}, by=by, act="saw what changed")
