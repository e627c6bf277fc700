"""The steps of one case on one axis, in the order of recording: where it stands, what is late.

A case stands where its last step led that was not set right since. A step that happened wholly
before the one it stands on is *late*: it is put where it belongs in the past, and moves nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.rules.machine import Machine


@dataclass(frozen=True)
class Step:
    """One recorded step, with the first and last day on which it can have been."""

    key: Any
    before: str
    after: str
    earliest: date | None = None
    latest: date | None = None
    corrects: Any = None
    moves: bool = True


@dataclass(frozen=True)
class Placed:
    """Where a new step belongs: what it leads from, whether the case moves, what it stood on."""

    before: str
    moves: bool
    stands_on: Any
    judged_from: str
    """The status that is left: of a correction, the one that was wrong."""


def standing(steps: Iterable[Step]) -> Step | None:
    """Give the step that the case stands on."""
    return next((step for step in reversed(_valid(steps)) if step.moves), None)


def _valid(steps: Iterable[Step]) -> list[Step]:
    """Leave out what a later step has set right."""
    every = list(steps)
    wrong = {step.corrects for step in every if step.corrects is not None}
    return [step for step in every if step.key not in wrong]


def check_same_person(whose: Any, person: Any) -> None:
    """Refuse to set right a step of another person.

    :raises ValidationError: saying which to choose.
    """
    if whose != person:
        message = _("An event sets right one of the same person. Choose another.")
        raise ValidationError({"corrects": ValidationError(message, code="other_person")})


def replay(start: str, steps: Iterable[Step]) -> str:
    """Follow the steps from the beginning; give the status that they lead to.

    :raises ValueError: where a step does not begin where the one before it ended.
    """
    now = start
    for step in steps:
        if step.moves and step.before != now:
            message = f"A step from {step.before} follows on {now}."
            raise ValueError(message)
        now = step.after if step.moves else now
    return now


def place(
    machine: Machine,
    steps: Sequence[Step],
    now: str,
    *,
    after: str,
    days: tuple[date | None, date | None],
    corrects: Any = None,
) -> Placed:
    """Say where a step belongs.

    :raises ValidationError: where the machine has no such step there, or the step that it is to
        set right is set right already.
    """
    machine.check_known(after)
    last = standing(steps)
    key = last.key if last else None
    if corrects is not None:
        return _as_correction(machine, steps, after, corrects, key)
    if last is not None and _is_wholly_before(days[1], last.earliest):
        before = _fit(machine, steps, after, days)
        return Placed(before, moves=False, stands_on=key, judged_from=before)
    machine.check(now, after)
    return Placed(now, moves=True, stands_on=key, judged_from=now)


def _as_correction(
    machine: Machine, steps: Sequence[Step], after: str, corrects: Any, standing_on: Any
) -> Placed:
    wrong = next((step for step in _valid(steps) if step.key == corrects), None)
    if wrong is None:
        message = _(
            "This step is not one that can be set right here: it was, or is of another axis."
        )
        raise ValidationError({"corrects": ValidationError(message, code="corrected")})
    base = _base(steps, wrong)
    if after != base:
        machine.check(base, after)
    is_standing = wrong.key == standing_on
    follower = None if is_standing else _follower(steps, wrong)
    if follower is not None and follower.after != after:
        machine.check(after, follower.after)
    return Placed(wrong.after, moves=is_standing, stands_on=standing_on, judged_from=wrong.after)


def _base(steps: Sequence[Step], step: Step) -> str:
    """Give the status before a step, and before all that it sets right."""
    by_key = {one.key: one for one in steps}
    while step.corrects is not None:
        step = by_key[step.corrects]
    return step.before


def _follower(steps: Sequence[Step], step: Step) -> Step | None:
    """Give the step that moved the case on from ``step``; none for one that moved nothing."""
    later = steps[list(steps).index(step) + 1 :]
    moved = [one for one in _valid(steps) if one in later and one.moves]
    return moved[0] if step.moves and moved else None


def _is_wholly_before(latest: date | None, earliest: date | None) -> bool:
    return latest is not None and earliest is not None and latest < earliest


def _fit(
    machine: Machine, steps: Sequence[Step], after: str, days: tuple[date | None, date | None]
) -> str:
    """Put a late step between those that were wholly before and wholly after it.

    :raises ValidationError: where it does not follow on the one, or the other not on it.
    """
    valid = _valid(steps)
    earlier = [step for step in valid if _is_wholly_before(step.latest, days[0])]
    later = [step for step in valid if _is_wholly_before(days[1], step.earliest)]
    [start] = machine.starts
    before = max(earlier, key=lambda step: step.latest or date.min).after if earlier else start
    machine.check(before, after)
    machine.check(after, min(later, key=lambda step: step.earliest or date.max).after)
    return before
