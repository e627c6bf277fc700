"""The returns page: batches in time, by route and by mediating body, and on a map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _, ngettext

from cases import clock
from cases.dashboards import forms
from cases.dashboards.cards import Card, card
from cases.dashboards.charts import map as maps, timeline
from cases.dashboards.charts.timeline import Entry, TimeLine
from cases.dashboards.pages import page
from cases.queries.journeys import LISTED, Asked, Journey, Journeys, journeys
from cases.queries.ways import Stop, ways
from cases.vocabulary.batches import ReconciliationState

_WIDTHS = {"wide": 1080, "narrow": 340}
_MAPS = {"wide": 1000, "narrow": 520}


@dataclass(frozen=True)
class Row:
    """One batch and the headcounts claimed of it."""

    batch: Journey
    headcounts: tuple[tuple[Card, ReconciliationState], ...]


@dataclass(frozen=True)
class Group:
    """The batches of one route or of one mediating body; claims are never added up."""

    title: str
    batches: int
    slots: int | None
    bound: int | None
    said: tuple[tuple[str, Card], ...]


@dataclass(frozen=True)
class Way:
    """One route in words, with the batches that took it."""

    title: str
    stops: tuple[tuple[Stop, str], ...]
    group: Group


@page("returns.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show the returns that fit what is asked."""
    asked = forms.returns(request.GET)
    found = journeys(asked)
    _refuse_strangers(asked, found)
    on = clock.today()
    rows = [
        Row(batch, tuple((card(claim, on), state) for claim, state in batch.headcounts))
        for batch in found.listed
    ]
    by_route = _by_route(rows)
    known = {key: of for key, of in by_route.items() if key is not None}
    stops = ways(known)
    taken = [(stops[key], of) for key, of in known.items() if key in stops]
    drawn = [(one, len(of)) for one, of in taken]
    return {
        "asked": asked,
        "found": found,
        "rows": rows,
        "listed": LISTED,
        "lines": _lines(rows),
        "undrawn": [row for row in rows if not _has_dates(row.batch)],
        "routes": [_group(_title(key, of), of) for key, of in by_route.items()],
        "mediators": _by_mediator(rows),
        "maps": [maps.draw(key, drawn, width=width) for key, width in _MAPS.items()],
        "origin": maps.origin(),
        "ways": [_way(one, of) for one, of in taken],
    }


def _refuse_strangers(asked: Asked, found: Journeys) -> None:
    """Refuse what is none of the choices.

    :raises Http404: in the words for all that is not there.
    """
    for value, choices in (
        (asked.route, found.routes),
        (asked.mediator, found.mediators),
        (asked.population, found.populations),
    ):
        if value is not None and value not in dict(choices):
            message = _(
                "No return that you may see has this route, mediating body or population. "
                "Choose one from the lists on the page."
            )
            raise Http404(message)


def _has_dates(batch: Journey) -> bool:
    return batch.span is not None and (batch.span.earliest or batch.span.latest) is not None


def _lines(rows: Sequence[Row]) -> list[TimeLine]:
    entries = []
    for row in rows:
        span = row.batch.span
        if span is None or not _has_dates(row.batch):
            continue
        first, last = span.earliest or span.latest, span.latest or span.earliest
        assert first is not None and last is not None  # noqa: S101, PT018 - one of them is there
        told = _told(row)
        title = f"{row.batch.title or row.batch.code}: {span.in_words}. {told}"
        entries.append(
            Entry(
                label=row.batch.title or row.batch.code,
                told=told,
                title=title,
                earliest=first,
                latest=last,
                is_over=row.batch.is_over,
                is_open=span.latest is None,
            )
        )
    drawn = [timeline.draw(key, entries, width=width) for key, width in _WIDTHS.items()]
    return [line for line in drawn if line is not None]


def _told(row: Row) -> str:
    said = list(dict.fromkeys(card.text for card, _state in row.headcounts))
    words = _("said: %(claims)s") % {"claims": ", ".join(said)} if said else _("no headcount")
    if row.batch.slots is None:
        return words
    slots = ngettext("%(count)s slot", "%(count)s slots", row.batch.slots) % {
        "count": row.batch.slots
    }
    return f"{words} · {slots}"


def _by_route(rows: Sequence[Row]) -> dict[UUID | None, list[Row]]:
    found: dict[UUID | None, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (not row.batch.route, row.batch.route)):
        found.setdefault(row.batch.route_id, []).append(row)
    return found


def _title(route: UUID | None, rows: Sequence[Row]) -> str:
    return rows[0].batch.route if route else _("Route not said, or not shown to your role")


def _by_mediator(rows: Sequence[Row]) -> list[Group]:
    found: dict[str, dict[UUID, Row]] = {}
    for row in rows:
        for part in row.batch.mediation or ():
            found.setdefault(f"{part.body} · {part.role.label}", {})[row.batch.id] = row
    groups = [_group(title, list(of.values())) for title, of in sorted(found.items())]
    for title, without in (
        (_("Nobody is said to have mediated"), [r for r in rows if r.batch.mediation == ()]),
        (_("Not shown to your role"), [r for r in rows if r.batch.mediation is None]),
    ):
        if without:
            groups.append(_group(title, without))
    return groups


def _group(title: str, rows: Sequence[Row]) -> Group:
    return Group(
        title=title,
        batches=len(rows),
        slots=_sum([row.batch.slots for row in rows]),
        bound=_sum([row.batch.bound for row in rows]),
        said=tuple(
            (row.batch.title or row.batch.code, card) for row in rows for card, _s in row.headcounts
        ),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Add up the tracker's own records; none is left out without a word."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _way(stops: Sequence[Stop], rows: Sequence[Row]) -> Way:
    return Way(
        title=rows[0].batch.route,
        stops=tuple((stop, _whereabouts(stop)) for stop in stops),
        group=_group(rows[0].batch.route, rows),
    )


def _whereabouts(stop: Stop) -> str:
    if stop.latitude is None and not stop.country:
        return _("not on the map: no coordinates, and no country is recorded")
    if stop.latitude is None:
        return _("no coordinates: drawn somewhere in %(country)s") % {"country": stop.country_name}
    if stop.placed_by:
        return _("drawn at %(place)s, around it") % {"place": stop.placed_by}
    return _("drawn where it lies")
