"""Organisations and their users."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording, sessions
from cases.models import Organisation, User

POWERS = frozenset({"email", "role", "is_active", "is_movement_cell", "is_cleared_for_restricted"})
"""What a session stands for: change one, and its user signs in again."""


@transaction.atomic
def enrol(*, by: AnyActor, **fields: Any) -> Organisation:
    """Add an organisation.

    :raises ValidationError: if its key is taken.
    """
    require(by, Act.KEEP_ORGANISATIONS)
    organisation = Organisation(**fields)
    organisation.full_clean()
    with acting_as(System("enrolling an organisation")):  # nobody of it is there to write its row
        organisation.save(force_insert=True)
    recording.trail(organisation, by=by, act="recorded", changed=fields, versions=(None, 1))
    return organisation


@transaction.atomic
def amend(
    organisation: Organisation, *, by: AnyActor, version: int | None, **changes: Any
) -> Organisation:
    """Change an organisation; an administrator changes the own one.

    Switched off, it ends the sessions of all its users.
    """
    require(by, Act.KEEP_ORGANISATIONS)
    if by.organisation_id not in {None, organisation.pk}:
        raise recording.NotYours(organisation)
    amended = recording.amend(
        organisation, by=by, act=Act.KEEP_ORGANISATIONS, version=version, **changes
    )
    if not amended.is_active:
        sessions.drop_of_organisation(amended)
    return amended


@transaction.atomic
def add_user(
    *, by: AnyActor, password: str | None, organisation: Organisation | None = None, **fields: Any
) -> User:
    """Add a user of ``organisation``, by default the actor's own.

    ``password=None`` makes a user who cannot sign in with one: a partner system.

    :raises ValidationError: if the address is taken or the password too weak.
    """
    require(by, Act.KEEP_USERS)
    keeper = recording.organisation_id(by, organisation)
    user = User(organisation_id=keeper, **fields)
    _set_password(user, password)
    user.full_clean()
    user.save(force_insert=True)
    recording.trail(user, by=by, act="recorded", changed=fields, versions=(None, 1))
    return user


@transaction.atomic
def amend_user(user: User, *, by: AnyActor, version: int | None, **changes: Any) -> User:
    """Change a user; nobody changes the own role.

    A change of what they may do ends their sessions.
    """
    require(by, Act.KEEP_USERS)
    if "role" in changes and changes["role"] != user.role and by.user_id == user.pk:
        message = _("Nobody changes the own role. Ask another administrator.")
        raise recording.refusal("role", message, "own_role")
    is_changed = any(recording.differs(user, name, changes[name]) for name in POWERS & set(changes))
    amended = recording.amend(user, by=by, act=Act.KEEP_USERS, version=version, **changes)
    if is_changed:
        sessions.drop(amended)
    return amended


@transaction.atomic
def set_password(user: User, *, by: AnyActor, password: str) -> User:
    """Give a user a new password: administrators for all of theirs, everybody for themselves.

    All the user's sessions end; whoever sets their own stays signed in by a new one.

    :raises ValidationError: if it is too weak.
    """
    if by.user_id != user.pk:
        require(by, Act.KEEP_USERS)
        recording.require_own(by, user)
    _set_password(user, password)
    before = recording.swap(user, ["password"])
    user.save(update_fields=["password"])
    sessions.drop(user)
    recording.trail(
        user, by=by, act="set the password", changed=["password"], versions=(before, before + 1)
    )
    return user


@transaction.atomic
def choose_language(user: User, *, by: AnyActor, language: str) -> User:
    """Choose the language of the pages: everybody for themselves.

    :raises ValidationError: if there is no such language.
    """
    if by.user_id is None or by.user_id != user.pk:
        message = _("You may not choose this for somebody else; they do it on any page of theirs.")
        raise PermissionDenied(message)
    if user.language == language:
        return user
    before = recording.swap(user, ["language"])
    user.language = language
    user.validate_constraints(exclude={field.name for field in User._meta.fields} - {"language"})
    user.save(update_fields=["language"])
    recording.trail(
        user,
        by=by,
        act="chose a language",
        changed=["language"],
        versions=(before, before + 1),
    )
    return user


def _set_password(user: User, password: str | None) -> None:
    if password is not None:
        validate_password(password, user)
        user.set_password(password)
        return
    user.set_unusable_password()
