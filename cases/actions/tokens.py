"""Tokens of partner systems: shown once, kept hashed, ended by time or at once."""

from datetime import timedelta
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import User
from cases.vocabulary.organisations import Role

LONGEST_DAYS = 366


@transaction.atomic
def issue(*, by: AnyActor, user: User, expiry_days: int | None = None) -> str:
    """Give a user a new token, for as long as the settings say unless told.

    Administrators issue to partner systems only: with a token of a colleague's they would read
    cases, under that colleague's name. The command line issues to anybody.

    :returns: the token, which nobody can read again.
    :raises ValidationError: for another role, a user who is not active, or a life that is too long.
    """
    require(by, Act.KEEP_TOKENS)
    recording.require_own(by, user)
    if by.user_id is not None and user.role != Role.PARTNER:
        message = _("Tokens are for partner systems. Add a user with that role for the system.")
        raise recording.refusal("user", message, "not_a_partner")
    if not user.is_active:
        message = _("A user who is not active has no token. Make the user active first.")
        raise recording.refusal("user", message, "inactive")
    days = usual_days() if expiry_days is None else expiry_days
    if not 1 <= days <= LONGEST_DAYS:
        message = _("A token lives from 1 to %(days)s days.") % {"days": LONGEST_DAYS}
        raise recording.refusal("expiry_days", message, "expiry")
    row, token = _tokens().create(user, expiry=timedelta(days=days))
    recording.trail(user, by=by, act="issued a token", reason=f"token {row.token_key}…")
    return str(token)


@transaction.atomic
def revoke(token: Any, *, by: AnyActor) -> None:
    """End a token at once.

    :raises PermissionDenied: if its user is not one of the actor's organisation.
    """
    require(by, Act.KEEP_TOKENS)
    user = User.objects.filter(pk=token.user_id).first()
    if user is None:
        message = _("This token belongs to another organisation; only it may revoke it.")
        raise PermissionDenied(message)
    recording.require_own(by, user)
    recording.trail(user, by=by, act="revoked a token", reason=f"token {token.token_key}…")
    token.delete()


def usual_days() -> int:
    """Give the days that a token lives unless told."""
    return cast("timedelta", settings.REST_KNOX["TOKEN_TTL"]).days


def _tokens() -> Any:
    """Reach the table of tokens by name: the layers below the faces do not import its package."""
    return apps.get_model("knox", "AuthToken")._default_manager
