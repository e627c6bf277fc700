"""Pages of a list at a bounded cost, however many rows there are."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

MOST_LISTED = 10_000
"""Nobody turns 200 pages; whoever would is better served by a filter."""
DEEP = 1_000


class BoundedPaginator(Paginator[Any]):
    """Counts, and turns pages, up to a bound.

    In the list's own order, so that its index serves the count as well.
    """

    @cached_property
    def counted(self) -> int:
        """How many rows there are, or one more than are listed."""
        rows: Any = self.object_list
        return int(rows[: MOST_LISTED + 1].count())

    @property
    def has_more(self) -> bool:
        return self.counted > MOST_LISTED

    @property
    def count(self) -> int:
        return min(self.counted, MOST_LISTED)

    def page(self, number: int | str) -> Page[Any]:
        """Give a page; deep in the list by its keys first, which an index gives by itself.

        Rows that are passed over would each be read otherwise.
        """
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if first < DEEP:
            return super().page(number)
        rows: Any = self.object_list
        keys = rows.values_list("pk", flat=True)[first : first + self.per_page]
        return Page(rows.filter(pk__in=list(keys)), number, self)
