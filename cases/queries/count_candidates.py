"""Figures that another one may be linked to: of the same population, or of the same batch."""

from django.db.models import Q

from cases.models import CountLink, ReportedCount
from cases.queries.claims import Claim, claims_of
from cases.queries.collisions import LIVE

MOST = 12


def of(count: ReportedCount) -> list[Claim]:
    """List the live figures that are near one and not linked with it, the latest first."""
    same = Q(population=count.population_id)
    if count.batch_id is not None:
        same |= Q(batch=count.batch_id)
    linked = CountLink.objects.filter(Q(from_count=count) | Q(to_count=count))
    tied = {key for ends in linked.values_list("from_count", "to_count") for key in ends}
    rows = ReportedCount.objects.filter(LIVE, same).exclude(pk__in=tied | {count.pk})
    return claims_of(rows.order_by("-recorded_at", "pk")[:MOST])
