"""How long a case is kept: a clock per purpose, from the last activity, by work status."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cases.rules.numbers import grouped
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.status import WorkStatus

SHORTEST, LONGEST = 30, 36_500
_CLOSED, _DRAFT = 730, 365
_WORKED_ON = {
    ProcessingPurpose.REGISTER: 1_095,
    ProcessingPurpose.SEARCH: 1_825,
}
PERIODS: Mapping[tuple[str, str], int] = {
    (purpose, status): {WorkStatus.CLOSED: _CLOSED, WorkStatus.DRAFT: _DRAFT}.get(status, days)
    for purpose, days in _WORKED_ON.items()
    for status in WorkStatus
}
"""Days after the last activity, for each purpose that keeps a case and each work status."""
CLOCKED = tuple(_WORKED_ON)
"""Purposes that keep a case. To share or to publish it keeps nothing longer."""


def check_days(days: int | None) -> None:
    """Refuse a period that is none.

    :raises ValidationError: saying what it may be.
    """
    if days is not None and not SHORTEST <= days <= LONGEST:
        message = _("A period is %(shortest)s to %(longest)s days. Choose such a number.") % {
            "shortest": SHORTEST,
            "longest": grouped(LONGEST),
        }
        raise ValidationError({"days": ValidationError(message, code="period")})


def check_clocked(purpose: str) -> None:
    """Refuse a period for a purpose that keeps nothing.

    :raises ValidationError: naming those that do.
    """
    if purpose not in CLOCKED:
        quoted = [_("“%(text)s”") % {"text": term.label} for term in CLOCKED]
        kept = get_text_list(quoted, _("or"))
        sentence = _("Only these purposes keep a case: %(purposes)s. Choose one of them.")
        message = sentence % {"purposes": kept}
        raise ValidationError({"purpose": ValidationError(message, code="not_clocked")})


def due_on(
    last_activity: date,
    work_status: str,
    purposes: Iterable[str],
    own_periods: Mapping[tuple[str, str], int],
) -> date:
    """Say when a case is due to be anonymised: when the last of its clocks has run out.

    ``purposes`` are those that a live basis allows; that of keeping the case always runs.
    """
    periods = {**PERIODS, **own_periods}
    running = {*purposes, ProcessingPurpose.REGISTER}.intersection(CLOCKED)
    days = max(periods[purpose, work_status] for purpose in running)
    return last_activity + timedelta(days=days)


def check_hold(until: date | None, *, on: date) -> None:
    """Refuse a legal hold that has ended before it begins.

    :raises ValidationError: saying what day to choose.
    """
    if until is not None and until < on:
        message = _("A legal hold ends today or later. Choose such a day; it can be renewed.")
        raise ValidationError({"until": ValidationError(message, code="past")})
