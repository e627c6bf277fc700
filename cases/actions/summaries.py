"""The daily e-mail: at most one a day for each user, and only to those who want it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import DailySummary, User


@transaction.atomic
def choose(user: User, *, by: AnyActor, is_wanted: bool) -> User:
    """Take the daily e-mail or leave it: everybody for themselves."""
    if by.user_id is None or by.user_id != user.pk:
        message = _(
            "You may not choose this for somebody else; they do it on their own account page."
        )
        raise PermissionDenied(message)
    if user.has_opted_out != is_wanted:
        return user
    before = recording.swap(user, ["has_opted_out"])
    user.has_opted_out = not is_wanted
    user.save(update_fields=["has_opted_out"])
    recording.trail(
        user,
        by=by,
        act="chose about the daily e-mail",
        changed=["has_opted_out"],
        versions=(before, before + 1),
    )
    return user


def send(user: User, *, by: AnyActor, day: date, subject: str, body: str) -> bool:
    """Send one user the summary of one day, unless it was taken in hand before.

    Its row is committed first. Whoever is killed after that has perhaps sent it, so nobody sends
    it again; where the mail server refuses, nothing was sent and it is tried again later.

    :returns: whether it was sent now.
    :raises OSError: if the mail server did not take it.
    """
    require(by, Act.KEEP_USERS)
    with acting_as(System("sending a daily summary")):
        taken = _claim(user, by=by, day=day)
        if taken is None:
            return False
        headers = {"Auto-Submitted": "auto-generated"}
        mail = EmailMessage(subject=subject, body=body, to=[user.email], headers=headers)
        try:
            mail.send()
        except OSError:
            taken.delete()
            raise
        taken.sent_at = clock.now()
        taken.save(update_fields=["sent_at"])
    return True


def _claim(user: User, *, by: AnyActor, day: date) -> DailySummary | None:
    taken = DailySummary(user=user, day=day)
    try:
        with transaction.atomic():
            taken.save(force_insert=True)
            recording.trail(user, by=by, act="was sent the daily summary")
    except IntegrityError:
        return None
    return taken
