"""Which cases have become one."""

from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Individual, Merge

STANDING = Q(undone_at__isnull=True)


def into(person: Individual) -> Merge | None:
    """Give the merge that put a case into another one, within the reader's reach."""
    return person.merged_away.filter(STANDING).prefetch_related("individual").first()


def whole(person: Individual) -> QuerySet[Individual]:
    """Give a case and those put into it: their steps are one history."""
    return Individual.objects.filter(Q(pk=person.pk) | Q(pk__in=_put_into(person)))


def merged_into(person: Individual) -> QuerySet[Individual]:
    """Give the cases that were put into one."""
    return Individual.objects.filter(pk__in=_put_into(person)).order_by("pk")


def _put_into(person: Individual) -> QuerySet[Merge, Any]:
    return Merge.objects.filter(STANDING, individual=person.pk).values("duplicate")


def of(person: Individual) -> list[Merge]:
    """List the merges into and out of a case, the latest first."""
    rows = Merge.objects.filter(Q(individual=person.pk) | Q(duplicate=person.pk))
    return list(rows.prefetch_related("individual", "duplicate").order_by("-recorded_at", "pk"))
