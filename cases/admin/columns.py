"""Columns of lists: states as badges, partial dates in words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html

from cases.admin.widgets import DASH, badge
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchStatus, ReconciliationState
from cases.vocabulary.casework import TaskState
from cases.vocabulary.counts import CountState, DiscrepancyState
from cases.vocabulary.individuals import CaseSensitivity, Priority
from cases.vocabulary.status import ReturnStatus, WorkStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TONES: dict[str, frozenset[str]] = {
    "good": frozenset(
        {
            ReturnStatus.HOME,
            ReturnStatus.WITH_FAMILY,
            ReturnStatus.RETURNED_TO_COUNTRY,
            BatchStatus.ARRIVED,
            BatchStatus.RECONCILED,
            CountState.VERIFIED,
            ReconciliationState.MATCHED,
            DiscrepancyState.RESOLVED,
            TaskState.DONE,
            "delivered",
        }
    ),
    "warn": frozenset(
        {
            ReturnStatus.UNACCOUNTED_FOR,
            ReturnStatus.LOCATED_HELD,
            ReturnStatus.LOCATED_IN_AREA,
            ReturnStatus.HOSPITALISED,
            WorkStatus.PENDING_CLOSURE,
            BatchStatus.PARTIALLY_ARRIVED,
            BatchStatus.POSTPONED,
            CountState.DISPUTED,
            ReconciliationState.MATCHED_UNNAMED,
            Priority.HIGH,
            CaseSensitivity.RESTRICTED,
            "complained",
        }
    ),
    "bad": frozenset(
        {
            ReturnStatus.RETURN_FAILED,
            ReturnStatus.DECEASED,
            BatchStatus.FAILED,
            CountState.RETRACTED,
            ReconciliationState.SHORT,
            ReconciliationState.OVER,
            Priority.URGENT,
        }
    ),
    "active": frozenset(
        {
            WorkStatus.OPEN,
            WorkStatus.REOPENED,
            ReturnStatus.IN_TRANSIT,
            ReturnStatus.HANDED_OVER,
            ReturnStatus.LISTED_FOR_RETURN,
            BatchStatus.DEPARTED,
        }
    ),
}


def tone_of(value: str) -> str:
    """Colour a state; its words always stand beside the colour."""
    return next((tone for tone, values in _TONES.items() if value in values), "plain")


class Column:
    """A column of ours: what it shows, what it sorts by, which fields it reads."""

    def __init__(
        self,
        name: str,
        label: "StrOrPromise",
        read: Callable[[Any], Any],
        *,
        order: str | None,
        needs: tuple[str, ...],
    ) -> None:
        self.__name__ = name
        self.short_description = label
        self.admin_order_field = order
        self.needs = needs
        self.read = read

    def __call__(self, record: Any) -> Any:
        return self.read(record)


def state(field: str, label: "StrOrPromise") -> Column:
    """Show a term as a badge."""

    def read(record: Any) -> Any:
        words = getattr(record, f"get_{field}_display")()
        return badge(words, tone_of(getattr(record, field)))

    return Column(field, label, read, order=field, needs=(field,))


def day(stem: str, label: "StrOrPromise") -> Column:
    """Show a partial date in words."""

    def read(record: Any) -> Any:
        written = getattr(record, f"{stem}_edtf")
        return in_words(written) if written else DASH

    order, needs = f"{stem}_earliest", (f"{stem}_edtf",)
    return Column(stem, label, read, order=order, needs=needs)


def shortened(field: str, label: "StrOrPromise", letters: int = 90) -> Column:
    """Show the beginning of a long text."""

    def read(record: Any) -> Any:
        text = getattr(record, field)
        return text if len(text) <= letters else format_html("{}…", text[:letters])

    return Column(field, label, read, order=None, needs=(field,))
