"""What changed: what was learned, replaced and withdrawn since a day or since one last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases import clock
from cases.access.gate import current_actor
from cases.actions import knowledge
from cases.actions.attempts import repeated
from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.deeds import door
from cases.dashboards.pages import page
from cases.models import User
from cases.queries.knowledge import Event, Learned, learned
from cases.queries.sessions import account_of
from cases.queries.takings import Moved

USUALLY = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """From when to when, and whether the reader has said that they saw what was before."""

    since: datetime
    until: datetime
    is_asked: bool
    is_last_visit: bool


@dataclass(frozen=True)
class Happened:
    """A figure and what became of it, in print."""

    card: Card
    at: datetime
    reason: str
    by: Card | None


@dataclass(frozen=True)
class TakenFigure:
    """A figure that left in a file and is not as it was."""

    moved: Moved
    card: Card
    by: Card | None


def span_of(asked: datetime | None, user_id: Any) -> Span:
    """Say from when changes are shown: as asked, since the last visit, or of the last week."""
    now = clock.now()
    seen = account_of(user_id).figures_seen_at
    since = asked or seen or now - USUALLY
    return Span(since, now, asked is not None, asked is None and seen is not None)


def read(asked: datetime | None, user_id: Any) -> tuple[Span, Learned]:
    """Read what changed in the span."""
    span = span_of(asked, user_id)
    return span, learned(span.since, span.until)


@page("changes.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show what changed."""
    span, found = read(forms.changes(request.GET), cast("User", request.user).pk)
    on = span.until.date()
    figures = (found.new, found.superseded, found.retracted, found.reviewed)
    return {
        "span": span,
        "seen": span.until.isoformat(),
        "today": on,
        "found": found,
        "sections": [
            (key, title, meaning, [_happened(event, on) for event in events])
            for (key, title, meaning), events in zip(_headings(), figures, strict=True)
        ],
        "taken": [_taken(moved, on) for moved in found.taken],
    }


def _headings() -> tuple[tuple[str, str, str], ...]:
    return (
        ("new", _("New figures"), _("Learned in this time, and standing now.")),
        (
            "superseded",
            _("Replaced figures"),
            _("A better reading of the same source took their place."),
        ),
        ("retracted", _("Withdrawn figures"), _("They count no longer, for the reason given.")),
        (
            "reviewed",
            _("Reviewed figures"),
            _("Known before; verified or disputed in this time."),
        ),
    )


def _happened(event: Event, on: date) -> Happened:
    by = card(event.by, on) if event.by else None
    return Happened(card(event.claim, on), event.at, event.reason, by)


def _taken(moved: Moved, on: date) -> TakenFigure:
    return TakenFigure(moved, card(moved.claim, on), card(moved.by, on) if moved.by else None)


@door("POST")
def see(request: HttpRequest) -> HttpResponseBase:
    """Note that the reader has seen what was shown, up to when it was read."""
    until = _moment(request.POST.get("until", ""))
    user = account_of(cast("User", request.user).pk)
    repeated(partial(knowledge.see, user, by=current_actor(), until=until))
    return HttpResponseRedirect(reverse("dashboards:changes"))


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
        found = found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        message = _("The page did not say up to when it was read. Open it again.")
        raise ValidationError(message, code="moment")
    return found
