"""How a tracing request may end: only as it is true."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.rules.tracing import FOUND_OUTCOMES
from cases.vocabulary.tracing import (
    ContactWish,
    TracingOutcome,
    TracingOutcome as E,
    TracingState as S,
)


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
