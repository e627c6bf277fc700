"""Sharing a case with another organisation, and ending it at once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import Grant, Individual, Organisation
from cases.models.grants import CLASS_OF

SHARE = Act.SHARE_CASES


@transaction.atomic
def give(
    *,
    by: AnyActor,
    individual: Individual,
    recipient: Organisation,
    level: str,
    expires_at: datetime,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Grant:
    """Open one person's case to the readers of another organisation.

    :raises PermissionDenied: for a person whose case another organisation keeps.
    :raises ValidationError: for more than the giver may read, for an end too far away, and for an
        organisation that is switched off.
    """
    require(by, SHARE)
    recording.require_own(by, individual)
    if level in CLASS_OF and CLASS_OF[level] > by.clearance:
        message = "You cannot share more than you may read yourself. Choose a lower level."
        raise recording.refusal("level", message, "level")
    if not recipient.is_active:
        message = "This organisation is switched off. Choose one that is active."
        raise recording.refusal("recipient", message, "inactive")
    return recording.add(
        Grant,
        by=by,
        act=SHARE,
        organisation=organisation,
        individual=individual,
        recipient=recipient,
        level=level,
        expires_at=expires_at,
        **fields,
    )


@transaction.atomic
def revoke(grant: Grant, *, by: AnyActor, version: int | None, reason: str = "") -> Grant:
    """End a grant: the recipient's next request finds nothing.

    :raises ValidationError: if it has ended already.
    """
    require(by, SHARE)
    recording.require_own(by, grant)
    recording.compare(grant, version)
    if not grant.is_live:
        message = "This grant has ended already."
        raise recording.refusal("revoked_at", message, "ended")
    before = recording.swap(grant)
    grant.revoked_at = clock.now()
    grant.revoked_by_id = by.user_id
    grant.save(update_fields=["revoked_at", "revoked_by"])
    recording.trail(
        grant,
        by=by,
        act="revoked",
        changed=["revoked_at", "revoked_by"],
        versions=(before, before + 1),
        reason=reason,
    )
    return grant
