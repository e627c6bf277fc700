"""Adds, renews, uses and resets the second factor of a sign-in."""

import secrets
from base64 import b32encode
from datetime import timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording, sealed_secrets, sessions
from cases.models import AuditEntry, Factor, RecoveryCode, User
from cases.rules import factors as rules
from cases.vocabulary.audit import Outcome

_PURPOSE = b"second factor"

ISSUER = "Return case tracker"
AGREED_WITHIN = timedelta(days=1)
INDEPENDENT_AFTER = timedelta(days=30)
WRONG_CODE = gettext_lazy(
    "This code is not right, or was used already. Wait for the next one and try again."
)


def new_secret() -> str:
    """Draw a secret for an authenticator app, sealed, to be kept until it is confirmed."""
    return _seal(b32encode(secrets.token_bytes(rules.SECRET_BYTES)).decode())


def to_scan(sealed: str, user: User) -> tuple[str, str]:
    """Give a sealed secret as the address that an app scans, and as letters to type."""
    secret = _open(sealed)
    return rules.authenticator(secret).get_provisioning_uri(user.email, ISSUER), secret


@transaction.atomic
def add(
    user: User, *, by: AnyActor, sealed: str, code: str, spare: UUID | None = None
) -> list[str]:
    """Make an app the second factor of its owner, in place of any before; other sessions end.

    :returns: new recovery codes, which nobody can read again.
    :raises ValidationError: if the code is not of this secret: nothing is changed.
    """
    _own(user, by)
    step = rules.matching_step(_open(sealed), code, clock.now(), after=-1)
    if step is None:
        message = _("This code is not the app's. Check that the phone's clock is right.")
        raise recording.refusal("code", message, "code")
    with acting_as(System("adding a second factor")):
        Factor.objects.filter(user=user.pk).delete()
        Factor(user_id=user.pk, secret=sealed, last_step=step).save(force_insert=True)
    sessions.drop(user, spare=spare)
    recording.trail(user, by=by, act="added a second factor")
    return _new_codes(user)


@transaction.atomic
def renew_codes(user: User, *, by: AnyActor) -> list[str]:
    """Give the owner new recovery codes; those before are no longer good."""
    _own(user, by)
    with acting_as(System("reading a second factor")):
        _factor_of(user)
    recording.trail(user, by=by, act="renewed the recovery codes")
    return _new_codes(user)


@transaction.atomic
def use(user: User, code: str) -> bool:
    """Say whether a code of the app, or a recovery code, is right; it is never right again.

    Each is used by an update that finds it unused: of two requests at once one finds it.
    """
    with acting_as(System("checking a second factor")):
        if rules.looks_like_recovery(code):
            return _use_recovery(user, code)
        factor = Factor.objects.filter(user=user.pk).first()
        return factor is not None and _use_step(factor, code)


@transaction.atomic
def ask_reset(user: User, *, by: AnyActor, version: int | None = None) -> User:
    """Ask for somebody's second factor to be removed; it is, once another administrator agrees."""
    _may_reset(user, by, version)
    with acting_as(System("resetting a second factor")):
        factor = _factor_of(user)
        factor.reset_asked_by_id, factor.reset_asked_at = by.user_id, clock.now()
        factor.full_clean()
        factor.save(update_fields=["reset_asked_by", "reset_asked_at"])
    recording.trail(user, by=by, act="asked to reset the second factor")
    return user


@transaction.atomic
def reset(user: User, *, by: AnyActor, version: int | None = None) -> User:
    """Remove somebody's second factor and end their sessions; a second administrator does it.

    The system may by itself: whoever has the server's command line has everything anyway.

    :raises ValidationError: if nobody else has asked for it within a day.
    """
    _may_reset(user, by, version)
    with acting_as(System("resetting a second factor")):
        factor = _factor_of(user)
        if by.user_id is not None and not _is_agreed(factor, by):
            message = _(
                "Two administrators reset a second factor: one asks, another agrees. "
                "Neither has added or changed the other in the last %(days)s days."
            ) % {"days": INDEPENDENT_AFTER.days}
            raise recording.refusal("version", message, "second_person")
        RecoveryCode.objects.filter(user=user.pk).delete()
        factor.delete()
    sessions.drop(user)
    recording.trail(user, by=by, act="reset the second factor")
    return user


def _own(user: User, by: AnyActor) -> None:
    if by.user_id != user.pk:
        message = _("You may not change the second factor of somebody else.")
        raise PermissionDenied(message)


def _may_reset(user: User, by: AnyActor, version: int | None) -> None:
    require(by, Act.KEEP_USERS)
    recording.require_own(by, user)
    recording.compare(user, version)
    if by.user_id == user.pk:
        message = _("Nobody resets the own second factor. Ask two other administrators.")
        raise recording.refusal("version", message, "own_factor")


def _factor_of(user: User) -> Factor:
    factor = Factor.objects.select_for_update().filter(user=user.pk).first()
    if factor is None:
        message = _("This user has no second factor.")
        raise recording.refusal("version", message, "no_factor")
    return factor


def _is_agreed(factor: Factor, by: AnyActor) -> bool:
    asked_at = factor.reset_asked_at
    is_fresh = asked_at is not None and clock.now() - asked_at < AGREED_WITHIN
    return is_fresh and factor.reset_asked_by_id != by.user_id and not _is_made_by(factor, by)


def _is_made_by(factor: Factor, by: AnyActor) -> bool:
    """Say whether one of the two owes the account, or its password, to the other."""
    one, other = factor.reset_asked_by_id, by.user_id
    acts = AuditEntry.objects.filter(
        Q(target_id=other, actor_id=one) | Q(target_id=one, actor_id=other)
    )
    return acts.filter(outcome=Outcome.DONE, at__gt=clock.now() - INDEPENDENT_AFTER).exists()


def _new_codes(user: User) -> list[str]:
    letters = [
        "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.RECOVERY_LETTERS))
        for _ in range(rules.RECOVERY_CODES)
    ]
    with acting_as(System("making recovery codes")):
        RecoveryCode.objects.filter(user=user.pk).delete()
        for code in letters:
            RecoveryCode(user_id=user.pk, digest=rules.digest(code)).save(force_insert=True)
    return [rules.grouped(code) for code in letters]


def _use_recovery(user: User, code: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user.pk, used_at__isnull=True)
    return unused.filter(digest=rules.digest(code)).update(used_at=clock.now()) == 1


def _use_step(factor: Factor, code: str) -> bool:
    try:
        secret = _open(factor.secret)
    except InvalidToken:  # sealed under a key that is gone: only a reset helps
        return False
    step = rules.matching_step(secret, code, clock.now(), after=factor.last_step)
    if step is None:
        return False
    earlier = Factor.objects.filter(pk=factor.pk, last_step__lt=step)
    # Sealed anew, so that a former key can be dropped once everybody has signed in.
    return earlier.update(last_step=step, secret=_seal(secret)) == 1


def _seal(secret: str) -> str:
    return sealed_secrets.seal(secret, purpose=_PURPOSE)


def _open(sealed: str) -> str:
    return sealed_secrets.opened(sealed, purpose=_PURPOSE)
