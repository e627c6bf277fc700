"""A long list read portion by portion, in the order that lists have."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

PORTION = 500


def portions(rows: QuerySet[Any], moment: str, size: int = PORTION) -> Iterator[list[Any]]:
    """Give the rows, newest change first, each once; do it in one snapshot.

    Outside of one, a row that is changed meanwhile goes to the front and is missed.
    """
    ordered = rows.order_by(f"-{moment}", "pk")
    portion = list(ordered[:size])
    while portion:
        yield portion
        last = portion[-1]
        at = getattr(last, moment)
        further = Q(**{f"{moment}__lt": at}) | Q(pk__gt=last.pk)
        beyond = ordered.filter(further, **{f"{moment}__lte": at})  # for the index, as pages do
        portion = list(beyond[:size]) if len(portion) == size else []
