"""What a manager sees first: claims side by side, what is new, contradictory or late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, ngettext

from cases import clock
from cases.access.gate import current_actor
from cases.access.roles import Act
from cases.models import (
    Discrepancy,
    Individual,
    RepatriationBatch,
    ReportedCount,
    SourceReport,
    Statement,
    StatusEvent,
    Task,
)
from cases.models.base import Record
from cases.queries import discrepancies, populations
from cases.queries.caseload import OwnCount, own_counts
from cases.queries.claims import Claim, claims_of
from cases.queries.collisions import LIVE
from cases.queries.discrepancies import Contradiction
from cases.queries.outstanding import Outstanding, Series, side_by_side
from cases.queries.returns import Return, latest_returns
from cases.rules.numbers import grouped
from cases.vocabulary.casework import TaskState
from cases.vocabulary.counts import DiscrepancyState
from cases.vocabulary.status import Axis

LATELY = timedelta(days=7)
_LISTED = 8
_OPEN_LISTED = 5


@dataclass(frozen=True)
class Standing:
    """The claims about one population, and the reader's own count beside them."""

    claims: Outstanding
    own: OwnCount | None


@dataclass(frozen=True)
class Tally:
    """How many rows of one kind were recorded lately."""

    number: int
    noun: str


@dataclass(frozen=True)
class Overview:
    """One page of it, read in one go."""

    on: date
    known_at: datetime
    standings: tuple[Standing, ...]
    recorded: tuple[Tally, ...]
    latest: tuple[Claim, ...]
    open_discrepancies: int
    contradictions: tuple[Contradiction, ...]
    overdue_tasks: int | None
    """None where the reader may not read tasks or when they are due."""
    returns: tuple[Return, ...]


def overview() -> Overview:
    """Read the overview for whoever acts."""
    moment, day = clock.now(), clock.today()
    groups = populations.with_outstanding_claims()
    own = own_counts(groups)
    answers = side_by_side(groups, valid_at=day, known_at=moment)
    live = ReportedCount.objects.filter(LIVE)
    review = Discrepancy.objects.filter(state=DiscrepancyState.OPEN)
    return Overview(
        on=day,
        known_at=moment,
        standings=tuple(Standing(answer, own.get(answer.population.pk)) for answer in answers),
        recorded=_recorded_since(moment - LATELY),
        latest=tuple(claims_of(live.order_by("-recorded_at", "pk")[:_LISTED])),
        open_discrepancies=review.count(),
        contradictions=tuple(
            discrepancies.read(review.order_by("-recorded_at", "pk")[:_OPEN_LISTED])
        ),
        overdue_tasks=_overdue(day),
        returns=latest_returns(),
    )


def spread_in_words(series: Sequence[Series]) -> str:
    """Say how far the latest claims lie apart; never a middle, never a sum."""
    if not series:
        return _("Nobody has claimed a figure.")
    latest = [one.latest for one in series]
    if len(latest) == 1:
        return _("One claimant. %(bounds)s") % {"bounds": _ends(latest)}
    texts = dict.fromkeys(claim.stated_text for claim in latest)
    said = get_text_list([_("“%(text)s”") % {"text": text} for text in texts], _("and"))
    return ngettext(
        "%(count)s claimant, side by side: %(said)s. %(bounds)s",
        "%(count)s claimants, side by side: %(said)s. %(bounds)s",
        len(latest),
    ) % {"count": len(latest), "said": said, "bounds": _ends(latest)}


def _ends(latest: Sequence[Claim]) -> str:
    lows = [claim.low for claim in latest if claim.low is not None]
    highs = [claim.high for claim in latest if claim.high is not None]
    if not lows and not highs:
        return _("No bound follows from what was said.")
    ends = {
        "low": grouped(min(lows)) if lows else "",
        "high": grouped(max(highs)) if highs else "",
    }
    if len(highs) == len(latest):
        if not lows:
            return _("No lower bound is given; the highest is %(high)s.") % ends
        return _("The lowest bound given is %(low)s; the highest is %(high)s.") % ends
    if not lows:
        return _(
            "No lower bound is given; "
            "there is no highest, for at least one claim gives no upper bound."
        )
    if len(latest) == 1:
        return (
            _(
                "The lowest bound given is %(low)s; "
                "there is no highest, for the claim gives no upper bound."
            )
            % ends
        )
    return (
        _(
            "The lowest bound given is %(low)s; "
            "there is no highest, for at least one claim gives no upper bound."
        )
        % ends
    )


def _recorded_since(moment: datetime) -> tuple[Tally, ...]:
    may_read_cases = current_actor().may(Act.READ_CASES)
    kinds: list[tuple[QuerySet[Record], Callable[[int], str]]] = [
        (_rows(SourceReport), lambda n: ngettext("report", "reports", n)),
        (_rows(Statement), lambda n: ngettext("statement", "statements", n)),
        (_rows(ReportedCount), lambda n: ngettext("figure", "figures", n)),
        (_rows(RepatriationBatch), lambda n: ngettext("batch", "batches", n)),
        (_rows(Discrepancy), lambda n: ngettext("discrepancy", "discrepancies", n)),
    ]
    if may_read_cases:
        people = _rows(Individual)
        kinds.append((people, lambda n: ngettext("case taken in", "cases taken in", n)))
        steps = StatusEvent.objects.filter(axis=Axis.RETURN)
        kinds.append(
            (steps, lambda n: ngettext("step on the way home", "steps on the way home", n))
        )
    numbers = [(rows.filter(recorded_at__gt=moment).count(), noun) for rows, noun in kinds]
    return tuple(Tally(number, noun(number)) for number, noun in numbers)


def _rows(model: type[Record]) -> "QuerySet[Record]":
    return model.objects.all()


def _overdue(day: date) -> int | None:
    if not current_actor().may(Act.READ_CASES) or "due_on" in Task.masked_for_actor():
        return None
    return Task.objects.filter(state=TaskState.OPEN, due_on__lt=day).count()
