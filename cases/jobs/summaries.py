"""Sends each user who has something to do the summary of their day."""

import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import Actor, System, acting_as
from cases.access.roles import Act
from cases.actions import summaries
from cases.models import DailySummary, User
from cases.queries import today
from cases.queries.today import Today

log = logging.getLogger(__name__)


def send(_argument: str) -> None:
    """Go through the users; one whose mail is refused does not keep it from the others.

    :raises OSError: at the end, if the mail server did not take all: the job is tried again.
    """
    if not settings.SENDS_MAIL:
        return
    refused: OSError | None = None
    with acting_as(System("sending the daily summaries")) as by:
        for user in waiting():
            try:
                _send(user, by)
            except OSError as fault:
                log.warning("No daily summary for user %s: %s", user.pk, type(fault).__name__)
                refused = fault
    if refused is not None:
        raise refused


def waiting() -> list[User]:
    """Give those who may get today's summary and have not got it."""
    done = DailySummary.objects.filter(day=clock.today()).values("user")
    users = User.objects.filter(is_active=True, organisation__is_active=True, has_opted_out=False)
    rows = users.exclude(pk__in=done).order_by("pk")
    return [user for user in rows if user.is_staff and Actor.of(user).may(Act.READ_CASES)]


def _send(user: User, by: AnyActor) -> None:
    day = clock.today()
    with translation.override(user.language or settings.LANGUAGE_CODE):
        with acting_as(Actor.of(user)):  # nothing in it that the user may not read
            found = today.of_actor(on=day)
        if found.is_empty:
            return
        body = render_to_string("mail/daily_summary.txt", context_of(found))
        subject = _("Your work on %(day)s") % {"day": date_format(day)}
    summaries.send(user, by=by, day=day, subject=subject, body=body)


def context_of(found: Today) -> dict[str, object]:
    """Give the numbers, and the case numbers of what is late or due: an inbox is not cleared."""
    pressing = [
        task for group in found.groups if group.key in {"overdue", "today"} for task in group.tasks
    ]
    return {
        "overdue": found.number_of("overdue"),
        "today": found.number_of("today"),
        "week": found.number_of("week"),
        "without": found.cases_without,
        "to_decide": found.cases_to_decide,
        "cases": list(dict.fromkeys(task.about for task in pressing if task.individual_id)),
        "url": f"{settings.PUBLIC_URL.rstrip('/')}/",
    }
