"""The two machines of a case: where the person is, and where the work stands.

Returns are reported late and in pieces, so the return machine says which statuses a person may
*reach next*, by stage, and lets a report skip stages forward; it never goes backward in silence.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules.machine import Guard, Machine
from cases.vocabulary.individuals import Certainty
from cases.vocabulary.status import Axis, ProposalState, ReturnStatus, WorkStatus

R = ReturnStatus
W = WorkStatus
P = ProposalState

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
TWO_ORIGINS = Guard(
    frozenset({R.DECEASED}),
    gettext_lazy(
        "“Deceased” needs two statements of different origin, or one official document. "
        "Record the statement now and the status when the second is there."
    ),
    "too_few_origins",
)
CONFIRMED_FAMILY = Guard(
    frozenset({R.WITH_FAMILY}),
    gettext_lazy("A minor goes “with family” only on a confirmed family link. Confirm one first."),
    "no_confirmed_link",
)

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


def needs_second_person(axis: str, before: str, after: str) -> bool:
    """Say whether one person proposes the step and another approves it.

    A death; a person counted as returned who is outstanding again; a case closed, or opened
    again; and, by a correction alone, the way out of a final status.
    """
    if axis == Axis.WORK:
        return W.CLOSED in {before, after}
    is_reopened = before in BACK_IN_COUNTRY and after in OUTSTANDING
    return after == R.DECEASED or before in FINAL or is_reopened


def _second(axis: str, steps: dict[str, frozenset[str]]) -> frozenset[tuple[str, str]]:
    pairs = ((before, after) for before, onward in steps.items() for after in onward)
    return frozenset(pair for pair in pairs if needs_second_person(axis, *pair))


RETURN_STEPS: dict[str, frozenset[str]] = {status.value: _return_steps(status) for status in R}

RETURN = Machine(
    title="A person on the way home",
    subject=gettext_lazy("A case"),
    noun=gettext_lazy("a status of this axis"),
    terms=R,
    column="return_status",
    asked="to_status",
    starts=frozenset({R.REPORTED}),
    steps=RETURN_STEPS,
    guards=(TWO_ORIGINS, CONFIRMED_FAMILY),
    second=_second(Axis.RETURN, RETURN_STEPS),
    stages=STAGES,
)
WORK = Machine(
    title="The work on a case",
    subject=gettext_lazy("A case"),
    noun=gettext_lazy("a status of this axis"),
    terms=W,
    column="work_status",
    asked="to_status",
    starts=frozenset({W.DRAFT}),
    steps=WORK_STEPS,
    second=_second(Axis.WORK, WORK_STEPS),
)
PROPOSAL = Machine(
    title="A proposed step",
    subject=gettext_lazy("A proposal"),
    noun=gettext_lazy("a state of a proposal"),
    terms=P,
    column="state",
    asked="state",
    starts=frozenset({P.PENDING}),
    steps={
        P.PENDING: frozenset({P.APPROVED, P.DECLINED, P.WITHDRAWN, P.OVERTAKEN}),
        P.APPROVED: frozenset(),
        P.DECLINED: frozenset(),
        P.WITHDRAWN: frozenset(),
        P.OVERTAKEN: frozenset(),
    },
    end=gettext_lazy("nothing: it is decided. Propose the step again if it still holds"),
)

MACHINES = {Axis.RETURN: RETURN, Axis.WORK: WORK}
STEPS = {axis: machine.steps for axis, machine in MACHINES.items()}
TERMS = {axis: machine.terms for axis, machine in MACHINES.items()}


def check_axis(axis: str) -> None:
    """Refuse an axis there is none of.

    :raises ValidationError: naming the two.
    """
    if axis not in Axis.values:
        message = _("“%(axis)s” is not an axis. It is one of: %(known)s.") % {
            "axis": axis,
            "known": ", ".join(Axis.values),
        }
        raise ValidationError({"axis": ValidationError(message, code="unknown_axis")})


def check_step(axis: str, before: str, after: str) -> None:
    """Refuse a step the machine does not have.

    :raises ValidationError: naming the steps that are open.
    """
    MACHINES[Axis(axis)].check(before, after)


def check_death(origins: int, *, is_official: bool) -> None:
    """Refuse *deceased* on the word of one source that is not official.

    :raises ValidationError: saying what is needed.
    """
    if not is_official and origins < _MINIMUM_ORIGINS:
        raise TWO_ORIGINS.refusal("to_status")


def check_minor_with_family(*, is_minor: bool, certainties: frozenset[str]) -> None:
    """Refuse a minor *with family* without a confirmed family link.

    :raises ValidationError: saying what to confirm.
    """
    if is_minor and Certainty.CONFIRMED not in certainties:
        raise CONFIRMED_FAMILY.refusal("to_status")
