"""The life of a batch, and how its headcounts are reconciled."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules.counts import Interval
from cases.rules.machine import Guard, Machine
from cases.rules.numbers import grouped
from cases.vocabulary.batches import BatchStatus, Presence, ReconciliationState

S = BatchStatus

STEPS: dict[str, frozenset[str]] = {
    S.PROPOSED: frozenset({S.AGREED, S.POSTPONED, S.CANCELLED}),
    S.AGREED: frozenset({S.SCHEDULED, S.DEPARTED, S.POSTPONED, S.CANCELLED}),
    S.SCHEDULED: frozenset({S.DEPARTED, S.POSTPONED, S.CANCELLED, S.FAILED}),
    S.DEPARTED: frozenset({S.IN_TRANSIT, S.HANDED_OVER, S.ARRIVED, S.PARTIALLY_ARRIVED, S.FAILED}),
    S.IN_TRANSIT: frozenset({S.HANDED_OVER, S.ARRIVED, S.PARTIALLY_ARRIVED, S.FAILED}),
    S.HANDED_OVER: frozenset({S.ARRIVED, S.PARTIALLY_ARRIVED, S.FAILED}),
    S.PARTIALLY_ARRIVED: frozenset({S.ARRIVED, S.RECONCILED}),
    S.ARRIVED: frozenset({S.RECONCILED, S.PARTIALLY_ARRIVED}),
    S.RECONCILED: frozenset({S.CLOSED, S.ARRIVED}),
    S.CLOSED: frozenset(),
    S.POSTPONED: frozenset({S.AGREED, S.SCHEDULED, S.CANCELLED}),
    S.CANCELLED: frozenset(),
    S.FAILED: frozenset({S.PROPOSED}),
}

STARTS = frozenset({S.PROPOSED, S.AGREED, S.SCHEDULED, S.ARRIVED, S.FAILED})
"""A batch known only from news starts at *arrived*, or at *failed*."""

OVER = (S.ARRIVED, S.PARTIALLY_ARRIVED, S.RECONCILED, S.CLOSED, S.CANCELLED, S.FAILED)
"""Statuses of a movement that is over; only then may it be published."""
MOVING = tuple(status.value for status in S if status not in OVER)
"""Statuses of a movement whose route, times and manifest could stop it, or worse."""

GONE = (Presence.NO_SHOW, Presence.REMOVED)
"""Whoever held such a slot is not in the batch."""

MOST_SLOTS = 500
"""More at once would keep everybody of the organisation waiting for the trail."""

SOMEBODY = Guard(
    frozenset({S.ARRIVED, S.RECONCILED}),
    gettext_lazy("“{status}” needs a claimed headcount or at least one slot. Add one first."),
    "nobody_arrived",
)
MATCHED = Guard(
    frozenset({S.RECONCILED}),
    gettext_lazy(
        "A claimed headcount is not matched by the slots. "
        "Mend the slots, or accept the difference in a discrepancy."
    ),
    "not_reconciled",
)
UNPUBLISHED = Guard(
    frozenset(MOVING),
    gettext_lazy("A movement that has not arrived is not published. Publish it when it is over."),
    "still_moving",
)

MACHINE = Machine(
    title="The life of a batch",
    subject=gettext_lazy("A batch"),
    noun=gettext_lazy("a status of a batch"),
    terms=S,
    column="status",
    asked="to_status",
    starts=STARTS,
    steps=STEPS,
    end=gettext_lazy("nothing: it has ended"),
    guards=(SOMEBODY, MATCHED, UNPUBLISHED),
)

RECONCILABLE = frozenset(
    {
        ReconciliationState.MATCHED,
        ReconciliationState.MATCHED_UNNAMED,
        ReconciliationState.NO_CLAIM,
    }
)
"""States that do not contradict the slots; where no claim is, nothing contradicts them."""


def check_start(status: str) -> None:
    """Refuse a batch that begins in the middle of its life.

    :raises ValidationError: naming the statuses it may begin with.
    """
    if status not in S.values:
        message = _("“%(status)s” is not %(noun)s. It is one of: %(known)s.") % {
            "status": status,
            "noun": MACHINE.noun,
            "known": ", ".join(S.values),
        }
        raise ValidationError({"status": ValidationError(message, code="unknown_status")})
    if status not in STARTS:
        may = ", ".join(sorted(str(S(start).label) for start in STARTS))
        message = _("A batch cannot begin as “%(status)s”. It begins as one of: %(statuses)s.") % {
            "status": S(status).label,
            "statuses": may,
        }
        raise ValidationError({"status": ValidationError(message, code="not_a_start")})


def check_slots(slots: int) -> None:
    """Refuse a number of slots that no batch has.

    :raises ValidationError: naming the limits.
    """
    if not 0 <= slots <= MOST_SLOTS:
        message = _("A batch has from 0 to %(most)s slots.") % {"most": grouped(MOST_SLOTS)}
        raise ValidationError({"slots": ValidationError(message, code="slots")})


def check_step(before: str, after: str) -> None:
    """Refuse a step that the life of a batch does not have.

    :raises ValidationError: naming the steps that are open.
    """
    MACHINE.check(before, after)


def check_guard(
    after: str, *, has_headcount: bool, slots: int, states: frozenset[str], is_accepted: bool
) -> None:
    """Refuse *arrived* without anybody, and *reconciled* over a mismatch nobody has accepted.

    :raises ValidationError: saying what is missing.
    """
    if after in SOMEBODY.after and not has_headcount and slots == 0:
        raise SOMEBODY.refusal("to_status", MACHINE.label(after))
    if after in MATCHED.after and not is_accepted and not states <= RECONCILABLE:
        raise MATCHED.refusal("to_status")


def check_note(after: str, *, states: frozenset[str], note: str) -> None:
    """Refuse to reconcile or close over a mismatch in silence.

    :raises ValidationError: asking for a note.
    """
    is_over_mismatch = after in {S.RECONCILED, S.CLOSED} and not states <= RECONCILABLE
    if is_over_mismatch and not note.strip():
        message = _(
            "A claimed headcount is not matched by the slots. Write into the remarks why "
            "the batch is “%(status)s” all the same."
        ) % {"status": S(after).label}
        raise ValidationError({"remarks": ValidationError(message, code="note_missing")})


def gap(claimed: Interval, slots: int) -> int:
    """Say how many slots there are too many, or, below nought, too few for a claim."""
    if claimed.low is not None and slots < claimed.low:
        return slots - claimed.low
    if claimed.high is not None and slots > claimed.high:
        return slots - claimed.high
    return 0


def check_published(status: str, *, is_published: bool) -> None:
    """Refuse to publish a movement that is not over: who reads of it could stop it.

    :raises ValidationError: saying when it may be published.
    """
    if is_published and status not in OVER:
        raise UNPUBLISHED.refusal("is_published")


def is_live(status: str, presence: str) -> bool:
    """Say whether a slot still holds its person: the movement is not over, and they are in it."""
    return status not in OVER and presence not in GONE


def reconcile(claimed: Interval | None, slots: int, bound: int) -> ReconciliationState:
    """Compare one claim (or none) with the slots and with those bound to a person."""
    if claimed is None or claimed.is_open:
        return ReconciliationState.NO_CLAIM
    if claimed.low is not None and slots < claimed.low:
        return ReconciliationState.SHORT
    if claimed.high is not None and slots > claimed.high:
        return ReconciliationState.OVER
    if bound < slots:
        return ReconciliationState.MATCHED_UNNAMED
    return ReconciliationState.MATCHED
