"""Figures for the same thing that cannot both be so."""

from django.db.models import Q

from cases.models import DiscrepancyMember, ReportedCount
from cases.rules.counts import ENDED, contradict
from cases.vocabulary.counts import Measure

LIVE = ~Q(state__in=ENDED)
_SAME = ("population", "measure", "unit", "batch", "dimension", "label")
_COMPARABLE = frozenset({Measure.STOCK, Measure.CUMULATIVE, Measure.FLOW_OF_PERIOD})


def of(count: ReportedCount) -> list[ReportedCount]:
    """List the live figures that contradict ``count`` (counting rule 6).

    Two flows of one event are of one event only where they name the same batch. An undated
    figure overlaps no date.
    """
    is_event = count.measure == Measure.FLOW_OF_EVENT and count.batch_id is not None
    if not count.as_of_edtf or not (count.measure in _COMPARABLE or is_event):
        return []
    same = {name: getattr(count, name) for name in _SAME}
    others = (
        ReportedCount.objects.filter(LIVE, _overlapping(count), **same)
        .exclude(pk=count.pk)
        .exclude(as_of_edtf="")
        .exclude(discrepancies__discrepancy__members__count=count)
        .order_by("recorded_at", "pk")
    )
    return [other for other in others if contradict(count.interval, other.interval)]


def are_known(one: ReportedCount, other: ReportedCount) -> bool:
    """Say whether two figures are the sides of a discrepancy already, whatever became of it."""
    sides = DiscrepancyMember.objects.filter(count=other).values("discrepancy")
    return DiscrepancyMember.objects.filter(count=one, discrepancy__in=sides).exists()


def _overlapping(count: ReportedCount) -> Q:
    """Match figures whose dates may be the same day; an open end reaches for ever."""
    rows = Q()
    if count.as_of_latest is not None:
        rows &= Q(as_of_earliest__isnull=True) | Q(as_of_earliest__lte=count.as_of_latest)
    if count.as_of_earliest is not None:
        rows &= Q(as_of_latest__isnull=True) | Q(as_of_latest__gte=count.as_of_earliest)
    return rows
