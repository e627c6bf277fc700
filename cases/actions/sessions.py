"""Ends sessions: one's own, and by administrators those of their users."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Organisation, Session, User


@transaction.atomic
def end(user: User, *, by: AnyActor, session_id: UUID) -> None:
    """End one session of a user; the browser is signed out at its next request.

    :raises ValidationError: if there is no such session any longer.
    """
    _may_end(user, by)
    if not _deleted(Q(user=user.pk, pk=session_id)):
        message = _("This session has ended already.")
        raise recording.refusal("session_id", message, "ended")
    recording.trail(user, by=by, act="ended a session")


@transaction.atomic
def end_all(
    user: User, *, by: AnyActor, spare: UUID | None = None, version: int | None = None
) -> User:
    """End all sessions of a user but ``spare``."""
    _may_end(user, by)
    recording.compare(user, version)
    number = drop(user, spare=spare)
    recording.trail(user, by=by, act="ended all sessions", reason=f"{number} ended")
    return user


def drop(user: User, *, spare: UUID | None = None) -> int:
    """End a user's sessions as a consequence of another act; give how many."""
    return _deleted(Q(user=user.pk) & ~Q(pk=spare))


def drop_of_organisation(organisation: Organisation) -> int:
    """End the sessions of all users of an organisation."""
    with acting_as(System("ending sessions")):
        users = User.objects.filter(organisation=organisation.pk).values("pk")
        return _deleted(Q(user__in=users))


def _may_end(user: User, by: AnyActor) -> None:
    if by.user_id != user.pk:
        require(by, Act.KEEP_USERS)
        recording.require_own(by, user)


def _deleted(which: Q) -> int:
    with acting_as(System("ending sessions")):
        return Session.objects.filter(which).delete()[0]
