"""Sends those who have asked for it what changed among the figures in the last week."""

import logging
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import Actor, System, acting_as
from cases.access.roles import Act
from cases.actions import summaries
from cases.models import User, WeeklySummary
from cases.queries.kept_pages import for_all
from cases.queries.knowledge import Learned, learned
from cases.queries.snapshot import snapshot

WEEK = timedelta(days=7)
log = logging.getLogger(__name__)


def send(_argument: str) -> None:
    """Go through the users; one whose mail is refused does not keep it from the others.

    :raises OSError: at the end, if the mail server did not take all: the job is tried again.
    """
    if not settings.SENDS_MAIL:
        return
    refused: OSError | None = None
    monday = monday_of(clock.today())
    with acting_as(System("sending the weekly summaries")) as by:
        for user in waiting(monday):
            try:
                _send(user, by, monday)
            except OSError as fault:
                log.warning("No weekly summary for user %s: %s", user.pk, type(fault).__name__)
                refused = fault
    if refused is not None:
        raise refused


def monday_of(day: date) -> date:
    """Give the Monday of a day's week: the mail tells of the seven days before it."""
    return day - timedelta(days=day.weekday())


def waiting(monday: date) -> list[User]:
    """Give those who have asked for it and have not got this week's."""
    done = WeeklySummary.objects.filter(day=monday).values("user")
    users = User.objects.filter(is_active=True, organisation__is_active=True, has_weekly_email=True)
    rows = users.exclude(pk__in=done).order_by("pk")
    return [user for user in rows if user.is_staff and Actor.of(user).may(Act.READ_EVIDENCE)]


def _send(user: User, by: AnyActor, monday: date) -> None:
    until = datetime.combine(monday, time.min, tzinfo=UTC)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        with acting_as(for_all(Actor.of(user))), snapshot():
            found = learned(until - WEEK, until)
        if found.is_empty:
            return
        body = render_to_string("mail/weekly_summary.txt", context_of(found))
        subject = _("What changed among the figures, week to %(day)s") % {
            "day": date_format(monday - timedelta(days=1))
        }
    summaries.send(user, by=by, day=monday, subject=subject, body=body, kind=WeeklySummary)


def context_of(found: Learned) -> dict[str, object]:
    """Give the figures by what became of them, and where each is looked up."""
    root = settings.PUBLIC_URL.rstrip("/")
    kinds = (
        (_("New figures"), found.new),
        (_("Replaced figures"), found.superseded),
        (_("Withdrawn figures"), found.retracted),
        (_("Reviewed figures"), found.reviewed),
    )
    return {
        "since": found.since,
        "sections": [
            (title, [(event, f"{root}{_page_of(event.claim.id)}") for event in events])
            for title, events in kinds
            if events
        ],
        "found": found,
        "root": root,
        "changes": f"{root}{reverse('dashboards:changes')}?since={found.since.date()}",
    }


def _page_of(figure: object) -> str:
    return reverse("dashboards:figure", args=[figure])
