"""The life of a referral, and who may move it on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.vocabulary.referrals import ReferralKind, ReferralState

LONGEST_WAIT = timedelta(days=60)
STEPS: Mapping[str, frozenset[str]] = {
    ReferralState.REQUESTED: frozenset(
        {
            ReferralState.ACCEPTED,
            ReferralState.REJECTED,
            ReferralState.WITHDRAWN,
            ReferralState.EXPIRED,
        }
    ),
    ReferralState.ACCEPTED: frozenset(),
    ReferralState.REJECTED: frozenset(),
    ReferralState.WITHDRAWN: frozenset(),
    ReferralState.EXPIRED: frozenset(),
}
NEEDS_REASON = frozenset({ReferralState.REJECTED, ReferralState.WITHDRAWN})


def state_at(state: str, answer_by: datetime, now: datetime) -> ReferralState:
    """Give the state at a moment: an unanswered request expires by itself."""
    is_late = state == ReferralState.REQUESTED and answer_by <= now
    return ReferralState.EXPIRED if is_late else ReferralState(state)


def check_step(state: str, to_state: str, reason: str) -> None:
    """Refuse a step that the life of a referral does not have.

    :raises ValidationError: saying where it stands.
    """
    if to_state not in STEPS[state]:
        message = _("This request is %(state)s already. Make another.") % {
            "state": str(ReferralState(state).label).lower()
        }
        raise ValidationError({"state": ValidationError(message, code="no_such_step")})
    if to_state in NEEDS_REASON and not reason.strip():
        message = _("Say why; the other organisation reads it.")
        raise ValidationError({"reason": ValidationError(message, code="required")})


def check_wait(since: datetime, until: datetime | None) -> None:
    """Refuse a request that waits for no time, or for ever.

    :raises ValidationError: saying how long it may wait.
    """
    if until is None or since < until <= since + LONGEST_WAIT:
        return  # none at all is the field's own complaint
    message = _("An answer is asked for within %(days)s days. Choose such a day.") % {
        "days": LONGEST_WAIT.days
    }
    raise ValidationError({"answer_by": ValidationError(message, code="answer_by")})


def check_attached(kind: str, level: str, grant_ends_at: datetime | None) -> None:
    """Refuse a referral without its grant, and a transfer with one.

    :raises ValidationError: beside the field.
    """
    if kind == ReferralKind.TRANSFER and (level or grant_ends_at):
        name = "level" if level else "grant_ends_at"
        message = _("A transfer opens nothing: the case passes. Leave the level and its end out.")
        raise ValidationError({name: ValidationError(message, code="no_grant")})
    if kind == ReferralKind.REFERRAL and not (level and grant_ends_at):
        name = "grant_ends_at" if level else "level"
        message = _("A referral says how far the case is opened, and until when.")
        raise ValidationError({name: ValidationError(message, code="grant")})
