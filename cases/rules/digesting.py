"""The life of a text that waits to be digested."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.reports import DigestState

S = DigestState

STEPS: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.IN_HAND, S.SET_ASIDE}),
    S.IN_HAND: frozenset({S.NEW, S.DIGESTED, S.SET_ASIDE}),
    S.DIGESTED: frozenset({S.IN_HAND}),
    S.SET_ASIDE: frozenset({S.NEW, S.IN_HAND}),
}
WAITING = (S.NEW, S.IN_HAND)
"""States of a text that somebody has to do something about."""


def check_step(before: str, after: str) -> None:
    """Refuse a step that the life of a text does not have.

    :raises ValidationError: naming the steps that are open.
    """
    if after not in S.values:
        message = _("“%(state)s” is not a state of a text. It is one of: %(known)s.") % {
            "state": after,
            "known": ", ".join(S.values),
        }
        raise _refusal("to_state", message, "unknown_state")
    if after not in STEPS[before]:
        may = ", ".join(sorted(str(S(step).label) for step in STEPS[before]))
        message = _(
            "A text cannot go from “%(before)s” to “%(after)s”. Next may be: %(states)s."
        ) % {"before": S(before).label, "after": S(after).label, "states": may}
        raise _refusal("to_state", message, "closed_step")


def check_digested(after: str, *, statements: int) -> None:
    """Refuse *digested* for a report that no statement is recorded from.

    :raises ValidationError: saying what to do instead.
    """
    if after == S.DIGESTED and not statements:
        message = _("No statement is recorded from this report. Record one, or set the text aside.")
        raise _refusal("to_state", message, "nothing_recorded")


def check_reason(after: str, reason: str) -> None:
    """Refuse to set a text aside in silence, and a reason where nothing is set aside.

    :raises ValidationError: asking for the reason.
    """
    if after == S.SET_ASIDE and not reason.strip():
        raise _refusal("reason", _("Say why the text is set aside."), "reason_missing")
    if after != S.SET_ASIDE and reason.strip():
        message = _("A reason is kept only where a text is set aside. Leave it out.")
        raise _refusal("reason", message, "reason_unexpected")


def _refusal(field: str, message: str, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code)})
