"""The life of a tracing request, and of the proposal that a case is the person."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.rules.individuals import case_number
from cases.rules.machine import Guard, Machine
from cases.vocabulary.tracing import TracingOutcome, TracingState
from cases.vocabulary.tracing_work import CandidateState

S, E, C = TracingState, TracingOutcome, CandidateState

FOUND_OUTCOMES = (E.INFORMED, E.NO_CONTACT, E.DECEASED)
"""Outcomes of a request that has led to somebody."""
STANDING = (C.PROPOSED, C.CONFIRMED, C.REJECTED)
"""States in which a case is not offered for the same request again."""

_NEEDS: Mapping[str, Any] = {
    "proposed": gettext_lazy(
        "“Person proposed” needs a case that waits for a decision. Propose one."
    ),
    "found": gettext_lazy(
        "“Person found” needs a case: one that a second person has confirmed, or the one that "
        "was asked for, which somebody else than whoever took the request in says is found."
    ),
    "closed": gettext_lazy("A request is closed with an outcome that is true of it, and a reason."),
}
PROPOSED = Guard(frozenset({S.PROPOSED}), _NEEDS["proposed"], "nobody_proposed")
FOUND = Guard(frozenset({S.FOUND}), _NEEDS["found"], "nobody_found")
CLOSED = Guard(frozenset({S.CLOSED}), _NEEDS["closed"], "no_outcome")

_REQUEST: Mapping[str, Any] = {
    "title": gettext_lazy("A tracing request"),
    "subject": gettext_lazy("A tracing request"),
    "noun": gettext_lazy("a state of a tracing request"),
}
_CANDIDATE: Mapping[str, Any] = {
    "title": gettext_lazy("Somebody who may be the person sought"),
    "subject": gettext_lazy("A proposal"),
    "noun": gettext_lazy("a state of such a proposal"),
    "end": gettext_lazy("nothing: it was taken back. Propose the case anew if it still may be"),
}

REQUEST = Machine(
    **_REQUEST,
    terms=S,
    column="state",
    asked="to_state",
    starts=frozenset({S.RECEIVED}),
    steps={
        S.RECEIVED: frozenset({S.IN_PROGRESS, S.PROPOSED, S.CLOSED}),
        S.IN_PROGRESS: frozenset({S.PROPOSED, S.FOUND, S.CLOSED}),
        S.PROPOSED: frozenset({S.IN_PROGRESS, S.FOUND, S.CLOSED}),
        S.FOUND: frozenset({S.IN_PROGRESS, S.CLOSED}),
        S.CLOSED: frozenset({S.IN_PROGRESS}),
    },
    guards=(PROPOSED, FOUND, CLOSED),
    second=frozenset({(S.IN_PROGRESS, S.FOUND), (S.PROPOSED, S.FOUND)}),
)
CANDIDATE = Machine(
    **_CANDIDATE,
    terms=C,
    column="state",
    asked="state",
    starts=frozenset({C.PROPOSED}),
    steps={
        C.PROPOSED: frozenset({C.CONFIRMED, C.REJECTED, C.WITHDRAWN}),
        C.CONFIRMED: frozenset({C.WITHDRAWN}),
        C.REJECTED: frozenset({C.WITHDRAWN}),
        C.WITHDRAWN: frozenset(),
    },
    second=frozenset({(C.PROPOSED, C.CONFIRMED)}),
)


def number(serial: int) -> str:
    """Write the reference of an organisation's ``serial``-th request: ``T-000042-69``."""
    return f"T{case_number(serial)[1:]}"


def check_open(state: str) -> None:
    """Refuse to go on with a request that is closed.

    :raises ValidationError: saying what to do first.
    """
    if state == S.CLOSED:
        message = _("This request is closed. Open it again first.")
        raise ValidationError({"state": ValidationError(message, code="closed")})


def check_reason(reason: str) -> None:
    """Refuse to end something, or go back with it, in silence.

    :raises ValidationError: asking for a reason.
    """
    if not reason.strip():
        message = _("Say why; it stays on record.")
        raise ValidationError({"reason": ValidationError(message, code="required")})
