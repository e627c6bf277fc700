"""The e-mails by the clock: at most one a day or a week for a user, to those who want it."""

from collections.abc import Mapping
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
from cases.models import DailySummary, User, WeeklySummary

Summary = type[DailySummary] | type[WeeklySummary]
_KINDS: Mapping[Summary, str] = {DailySummary: "daily", WeeklySummary: "weekly"}


@transaction.atomic
def choose(user: User, *, by: AnyActor, is_wanted: bool) -> User:
    """Take the daily e-mail or leave it: everybody for themselves."""
    _require_oneself(user, by)
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


@transaction.atomic
def choose_weekly(user: User, *, by: AnyActor, is_wanted: bool) -> User:
    """Take the weekly e-mail or leave it: everybody for themselves."""
    _require_oneself(user, by)
    if user.has_weekly_email == is_wanted:
        return user
    chosen = {"has_weekly_email": is_wanted}
    return recording.settle(user, chosen, by=by, act="chose about the weekly e-mail")


def _require_oneself(user: User, by: AnyActor) -> None:
    if by.user_id is None or by.user_id != user.pk:
        message = _(
            "You may not choose this for somebody else; they do it on their own account page."
        )
        raise PermissionDenied(message)


def send(
    user: User,
    *,
    by: AnyActor,
    day: date,
    subject: str,
    body: str,
    kind: Summary = DailySummary,
) -> bool:
    """Send one user the summary of one day or week, unless it was taken in hand before.

    Its row is committed first. Whoever is killed after that has perhaps sent it, so nobody sends
    it again; where the mail server refuses, nothing was sent and it is tried again later.

    :returns: whether it was sent now.
    :raises OSError: if the mail server did not take it.
    """
    require(by, Act.KEEP_USERS)
    with acting_as(System(f"sending a {_KINDS[kind]} summary")):
        taken = _claim(kind(user=user, day=day), by=by)
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


def _claim(
    taken: DailySummary | WeeklySummary, *, by: AnyActor
) -> DailySummary | WeeklySummary | None:
    try:
        with transaction.atomic():
            taken.save(force_insert=True)
            act = f"was sent the {_KINDS[type(taken)]} summary"
            recording.trail(taken.user, by=by, act=act)
    except IntegrityError:
        return None
    return taken
