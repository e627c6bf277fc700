"""Columns of lists: states as badges, partial dates in words."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html

from cases.admin.widgets import DASH, badge
from cases.rules.dates import in_words
from cases.vocabulary.batches import BatchStatus, ReconciliationState
from cases.vocabulary.casework import TaskState
from cases.vocabulary.counts import CountState, DiscrepancyState
from cases.vocabulary.individuals import CaseSensitivity, Priority
from cases.vocabulary.status import ReturnStatus, WorkStatus

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
        self, name: str, read: Callable[[Any], Any], *, order: str | None, needs: tuple[str, ...]
    ) -> None:
        self.__name__ = name.replace(" ", "_")
        self.short_description = name
        self.admin_order_field = order
        self.needs = needs
        self.read = read

    def __call__(self, record: Any) -> Any:
        return self.read(record)


def state(field: str, name: str = "") -> Column:
    """Show a term as a badge."""

    def read(record: Any) -> Any:
        label = getattr(record, f"get_{field}_display")()
        return badge(label, tone_of(getattr(record, field)))

    return Column(name or field.replace("_", " "), read, order=field, needs=(field,))


def day(stem: str, name: str = "") -> Column:
    """Show a partial date in words."""

    def read(record: Any) -> Any:
        written = getattr(record, f"{stem}_edtf")
        return in_words(written) if written else DASH

    order, needs = f"{stem}_earliest", (f"{stem}_edtf",)
    return Column(name or stem.replace("_", " "), read, order=order, needs=needs)


def shortened(field: str, name: str = "", letters: int = 90) -> Column:
    """Show the beginning of a long text."""

    def read(record: Any) -> Any:
        text = getattr(record, field)
        return text if len(text) <= letters else format_html("{}…", text[:letters])

    return Column(name or field.replace("_", " "), read, order=None, needs=(field,))
