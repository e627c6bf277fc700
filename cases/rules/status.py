"""The two machines of a case: where the person is, and where the work stands.

Returns are reported late and in pieces, so the return machine says which statuses a person may
*reach next*, by stage, and lets a report skip stages forward; it never goes backward in silence.
"""

from django.core.exceptions import ValidationError

from cases.vocabulary.individuals import Certainty
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus

R = ReturnStatus
W = WorkStatus

STAGES: tuple[frozenset[str], ...] = (
    frozenset({R.REPORTED}),
    frozenset({R.UNACCOUNTED_FOR, R.LOCATED_HELD, R.LOCATED_IN_AREA, R.LOCATED_ELSEWHERE}),
    frozenset({R.LISTED_FOR_RETURN}),
    frozenset({R.IN_TRANSIT}),
    frozenset({R.HANDED_OVER}),
    frozenset({R.RETURNED_TO_COUNTRY}),
    frozenset({R.TEMPORARY_ACCOMMODATION, R.HOSPITALISED}),
    frozenset({R.WITH_FAMILY}),
    frozenset({R.HOME, R.RESETTLED_ELSEWHERE}),
)
SIDE_STATES = frozenset(
    {R.RETURN_FAILED, R.DOES_NOT_WISH_TO_RETURN, R.DECEASED, R.OUT_OF_SCOPE, R.DUPLICATE}
)
FINAL = frozenset({R.DECEASED, R.OUT_OF_SCOPE, R.DUPLICATE})
OUTSTANDING = frozenset().union(*STAGES[:5]) | {R.RETURN_FAILED}
"""Statuses of a person who is not yet back in the country."""
BACK_IN_COUNTRY = frozenset().union(*STAGES[5:])

_ANYWHERE_ON = frozenset().union(*STAGES[1:])
_BACK: dict[str, frozenset[str]] = {
    R.LISTED_FOR_RETURN: STAGES[1],
    R.WITH_FAMILY: STAGES[6],
    R.HOME: STAGES[6] | STAGES[7],
    R.RESETTLED_ELSEWHERE: STAGES[6] | STAGES[7],
    R.RETURN_FAILED: _ANYWHERE_ON,
    R.DOES_NOT_WISH_TO_RETURN: _ANYWHERE_ON,
}
"""Steps that go back: off a list, out of a shelter again, after a failed return."""
_MINIMUM_ORIGINS = 2

WORK_STEPS: dict[str, frozenset[str]] = {
    W.DRAFT: frozenset({W.OPEN}),
    W.OPEN: frozenset({W.ON_HOLD, W.PENDING_CLOSURE}),
    W.ON_HOLD: frozenset({W.OPEN}),
    W.PENDING_CLOSURE: frozenset({W.CLOSED, W.OPEN}),
    W.CLOSED: frozenset({W.REOPENED}),
    W.REOPENED: frozenset({W.ON_HOLD, W.PENDING_CLOSURE}),
}


def _return_steps(status: str) -> frozenset[str]:
    if status in FINAL:
        return frozenset()
    stage = next((number for number, stages in enumerate(STAGES) if status in stages), None)
    onward = frozenset() if stage is None else frozenset().union(*STAGES[stage:])
    return (onward | _BACK.get(status, frozenset()) | SIDE_STATES) - {status}


RETURN_STEPS: dict[str, frozenset[str]] = {status: _return_steps(status) for status in R}

STEPS = {Axis.RETURN: RETURN_STEPS, Axis.WORK: WORK_STEPS}
TERMS = {Axis.RETURN: R, Axis.WORK: W}


def check_axis(axis: str) -> None:
    """Refuse an axis there is none of.

    :raises ValidationError: naming the two.
    """
    if axis not in Axis.values:
        message = f"“{axis}” is not an axis. It is one of: {', '.join(Axis.values)}."
        raise ValidationError({"axis": ValidationError(message, code="unknown_axis")})


def check_step(axis: str, before: str, after: str) -> None:
    """Refuse a step the machine does not have.

    :raises ValidationError: naming the steps that are open.
    """
    terms = TERMS[Axis(axis)]
    known = [term.value for term in terms]
    if after not in known:
        message = f"“{after}” is not a status of this axis. It is one of: {', '.join(known)}."
        raise ValidationError({"to_status": ValidationError(message, code="unknown_status")})
    steps = STEPS[Axis(axis)][before]
    if after not in steps:
        may = ", ".join(sorted(terms(step).label for step in steps)) or "nothing: it is final"
        message = (
            f"A case cannot go from “{terms(before).label}” to “{terms(after).label}”. "
            f"Next may be: {may}."
        )
        raise ValidationError({"to_status": ValidationError(message, code="closed_step")})


def check_death(origins: int, *, is_official: bool) -> None:
    """Refuse *deceased* on the word of one source that is not official.

    :raises ValidationError: saying what is needed.
    """
    if not is_official and origins < _MINIMUM_ORIGINS:
        message = (
            "“Deceased” needs two statements of different origin, or one official document. "
            "Record the statement now and the status when the second is there."
        )
        raise ValidationError({"to_status": ValidationError(message, code="too_few_origins")})


def check_minor_with_family(*, is_minor: bool, certainties: frozenset[str]) -> None:
    """Refuse a minor *with family* without a confirmed family link.

    :raises ValidationError: saying what to confirm.
    """
    if is_minor and Certainty.CONFIRMED not in certainties:
        message = "A minor goes “with family” only on a confirmed family link. Confirm one first."
        raise ValidationError({"to_status": ValidationError(message, code="no_confirmed_link")})


def needs_second_person(axis: str, after: str) -> bool:
    """Say whether the step is one that a second person takes."""
    return (axis, after) in {(Axis.RETURN, R.DECEASED), (Axis.WORK, W.CLOSED)}
