"""The life of a tracing request and of whoever may be sought, and what may be told to whom."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.rules.individuals import case_number
from cases.rules.machine import Guard, Machine
from cases.vocabulary.tracing import (
    CandidateState,
    ContactWish,
    TracingActionKind,
    TracingOutcome,
    TracingState,
)

S, E, C, K = TracingState, TracingOutcome, CandidateState, TracingActionKind

FOUND_OUTCOMES = (E.INFORMED, E.NO_CONTACT, E.DECEASED)
"""Outcomes of a request that has led to somebody."""
ALIVE_OUTCOMES = (E.INFORMED, E.NO_CONTACT)
STANDING = (C.PROPOSED, C.CONFIRMED, C.REJECTED)
"""States in which a case is not offered for the same request again."""
WITH_BODY = (K.ASKED_BODY, K.ANSWER_CAME)
ONCE_FOUND = (K.ASKED_PERSON, K.TOLD_PERSON, K.TOLD_ENQUIRER)
"""What is done only where it is known who the person is."""
MOST_NAMES = 10

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


def check_enquirer(*, contact: object, body: object) -> None:
    """Refuse a request of nobody, and one of two.

    :raises ValidationError: saying what to choose.
    """
    if bool(contact) == bool(body):
        message = _("Say who asks: a contact or a body, one of the two.")
        raise ValidationError({"enquirer": ValidationError(message, code="one_enquirer")})


def check_sought(*, individual: object, names: str, circumstances: str) -> None:
    """Refuse a request for nobody.

    :raises ValidationError: saying what to tell of the person.
    """
    if not (individual or names.strip() or circumstances.strip()):
        message = _("Say who is sought: a case, a name, or what is known of the person.")
        raise ValidationError({"sought_names": ValidationError(message, code="nobody_sought")})
    if len(lines(names)) > MOST_NAMES:
        message = _("Write at most %(most)s names, one a line.") % {"most": MOST_NAMES}
        raise ValidationError({"sought_names": ValidationError(message, code="too_many_names")})


def check_wish(wish: str, individual: object) -> None:
    """Refuse a wish of nobody.

    :raises ValidationError: saying when it is asked.
    """
    if wish != ContactWish.UNKNOWN and not individual:
        message = _("Nobody is found yet who could wish anything. Leave it as not asked.")
        raise ValidationError({"contact_wish": ValidationError(message, code="nobody_found")})


def check_wish_now(state: str) -> None:
    """Refuse to change what somebody wishes before it is known who they are.

    :raises ValidationError: saying when it is asked.
    """
    if state != S.FOUND:
        message = _("What the person wishes is recorded once a second person has said who it is.")
        raise ValidationError({"contact_wish": ValidationError(message, code="nobody_found")})


def lines(names: str) -> list[str]:
    """Give the names that stand one a line."""
    return list(dict.fromkeys(line.strip() for line in names.splitlines() if line.strip()))


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


def check_told(
    kind: str, *, state: str, body: object, may_be_named: bool, may_be_shared: bool, wish: str
) -> None:
    """Refuse to have told what the enquirer, or the person found, has not agreed to.

    :raises ValidationError: saying what to ask first.
    """
    if kind == K.STEP:
        message = _("The tracker records this by itself when the request is moved on.")
        raise ValidationError({"kind": ValidationError(message, code="by_itself")})
    if kind in WITH_BODY and not body:
        message = _("Say which body.")
        raise ValidationError({"body": ValidationError(message, code="no_body")})
    if kind in ONCE_FOUND and state != S.FOUND:
        message = _("Nobody is found yet. A second person says first who it is.")
        raise ValidationError({"kind": ValidationError(message, code="nobody_found")})
    refused: Mapping[str, tuple[bool, str]] = {
        K.ASKED_BODY: (
            not may_be_shared,
            _("The enquirer has not agreed that the request is shared. Ask them first."),
        ),
        K.TOLD_PERSON: (
            not may_be_named,
            _("The enquirer has not agreed to be named to the person found. Ask them first."),
        ),
        K.TOLD_ENQUIRER: (
            wish != ContactWish.CONTACT,
            _("The person found has not agreed to contact. The enquirer must not learn where."),
        ),
    }
    is_refused, sentence = refused.get(kind, (False, ""))
    if is_refused:
        raise ValidationError({"kind": ValidationError(sentence, code="not_agreed")})


def check_outcome(outcome: str, *, state: str, wish: str, is_deceased: bool) -> None:
    """Refuse an outcome that is not what has happened.

    :raises ValidationError: saying what is missing.
    """
    if outcome not in TracingOutcome.values:
        known = ", ".join(TracingOutcome.values)
        message = _("Say how it ended: one of %(outcomes)s.") % {"outcomes": known}
        raise ValidationError({"outcome": ValidationError(message, code="unknown_outcome")})
    if sentence := _against(outcome, state, wish, is_deceased=is_deceased):
        raise ValidationError({"outcome": ValidationError(sentence, code="not_so")})


def _against(outcome: str, state: str, wish: str, *, is_deceased: bool) -> str:
    """Say what speaks against an outcome; nothing where it may be."""
    if outcome in FOUND_OUTCOMES:
        return _against_found(outcome, state, wish, is_deceased=is_deceased)
    if outcome == E.NOT_FOUND and state == S.FOUND:
        return _("Somebody is found. Take that back first, or say what came of it.")
    if outcome == E.NOT_FOUND and state == S.PROPOSED:
        return _("A case is proposed. Decide on it first.")
    return ""


def _against_found(outcome: str, state: str, wish: str, *, is_deceased: bool) -> str:
    if state != S.FOUND:
        return _("Nobody is found yet. Confirm who it is first.")
    if outcome == E.DECEASED:
        return "" if is_deceased else _(
            "The case does not say so. Record the death there first: two people do."
        )  # fmt: skip
    if is_deceased:
        return _("The case says that the person is dead. Close the request so, or mend the case.")
    if outcome == E.INFORMED and wish != ContactWish.CONTACT:
        return _("Record first that the person found agrees to contact.")
    if outcome == E.NO_CONTACT and wish not in {ContactWish.ALIVE_ONLY, ContactWish.NOTHING}:
        return _("Record first what the person found lets the enquirer be told.")
    return ""


def check_duplicate(outcome: str, *, of: object, request: object) -> None:
    """Refuse a duplicate of nothing or of itself, and another request with any other outcome.

    :raises ValidationError: beside the field.
    """
    if outcome == E.DUPLICATE and (of is None or of == request):
        message = _("Say of which other request it is the duplicate.")
        raise ValidationError({"duplicate_of": ValidationError(message, code="of_which")})
    if outcome != E.DUPLICATE and of is not None:
        message = _("Only a duplicate names another request. Leave it out.")
        raise ValidationError({"duplicate_of": ValidationError(message, code="no_duplicate")})
