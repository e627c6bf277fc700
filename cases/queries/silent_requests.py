"""Tracing requests for which nothing is done, and those that are over and due to be forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef

from cases.access.gate import current_actor
from cases.models import RetentionPeriod, TracingAction, TracingRequest as Request
from cases.queries.looked_for import OPEN
from cases.rules.reminders import CONTACT_WITHIN, SHORTEST_SILENCE
from cases.rules.retention import PERIODS
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.status import WorkStatus
from cases.vocabulary.tracing import TracingState

MOST_SHOWN = 20
_KEPT_FOR = (ProcessingPurpose.SEARCH, WorkStatus.CLOSED)


@dataclass(frozen=True)
class Silent:
    """A request for which nothing was done for longer than its priority allows."""

    id: UUID
    number: str
    since: date


def silent(*, on: date) -> tuple[Silent, ...]:
    """List the actor's own requests that lie still, the longest first."""
    hidden = Request.masked_for_actor()
    if hidden & {"assigned_to", "priority"}:
        return ()
    mine = Request.objects.filter(OPEN, assigned_to=current_actor().user_id)
    recent = TracingAction.objects.filter(
        request=OuterRef("pk"), recorded_at__date__gt=on - SHORTEST_SILENCE
    )
    rows = list(mine.exclude(Exists(recent)).order_by("recorded_at", "pk"))
    last = _last_actions(row.pk for row in rows)
    found = [(last.get(row.pk, row.recorded_at).date(), row) for row in rows]
    still = [(since, row) for since, row in found if since + _within(row) <= on]
    still.sort(key=lambda pair: (pair[0], pair[1].number))
    return tuple(Silent(row.pk, row.number, since) for since, row in still[:MOST_SHOWN])


def _within(row: Request) -> timedelta:
    return CONTACT_WITHIN[row.priority]


def _last_actions(keys: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = TracingAction.objects.filter(request__in=list(keys)).order_by()
    return dict(rows.values_list("request").annotate(Max("recorded_at")))


def due_to_forget(*, on: date) -> tuple[Request, ...]:
    """List the own requests that are over for longer than a closed case is kept for searching."""
    own = RetentionPeriod.objects.filter(organisation=current_actor().organisation_id)
    days = own.filter(purpose=_KEPT_FOR[0], work_status=_KEPT_FOR[1]).values_list("days", flat=True)
    after = timedelta(days=days.first() or PERIODS[_KEPT_FOR])
    rows = Request.objects.filter(
        organisation=current_actor().organisation_id,
        state=TracingState.CLOSED,
        anonymised_at__isnull=True,
        closed_at__date__lte=on - after,
    )
    return tuple(rows.order_by("closed_at", "pk")[:MOST_SHOWN])
