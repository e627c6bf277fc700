"""Sharing a case with another organisation, and ending it at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.access.sensitivity import Sensitivity
from cases.actions import recording
from cases.actions.sharing import basis_for, end_grant, refuse_excluded
from cases.models import Consent, Grant, Individual, Organisation
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
    legal_basis: str,
    basis: Consent | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Grant:
    """Open one person's case to the readers of another organisation.

    It rests on ``basis``, or on the live one that covers the recipient and the use.

    :raises PermissionDenied: for a person whose case another organisation keeps.
    :raises ValidationError: for more than the giver may read, for an end too far away, for an
        organisation that is switched off or must not learn of the person, and where nothing on
        record allows it.
    """
    require(by, SHARE)
    recording.require_own(by, individual)
    check_recipient(recipient, level, most=by.clearance)
    refuse_excluded(individual, recipient)
    recording.hold(Individual, individual.pk)  # what it rests on is not withdrawn meanwhile
    rests_on = basis_for(
        individual,
        recipient=recipient,
        use=str(fields.get("purpose") or ""),
        legal_basis=legal_basis,
        until=expires_at,
        named=basis,
    )
    return recording.add(
        Grant,
        by=by,
        act=SHARE,
        organisation=organisation,
        individual=individual,
        recipient=recipient,
        level=level,
        legal_basis=legal_basis,
        basis=rests_on,
        expires_at=expires_at,
        **fields,
    )


def check_recipient(recipient: Organisation, level: str, *, most: Sensitivity) -> None:
    """Refuse to open more than the giver reads, and to open anything to nobody.

    :raises ValidationError: beside the field.
    """
    if level in CLASS_OF and CLASS_OF[level] > most:
        message = _("You cannot share more than you may read yourself. Choose a lower level.")
        raise recording.refusal("level", message, "level")
    if not recipient.is_active:
        message = _("This organisation is switched off. Choose one that is active.")
        raise recording.refusal("recipient", message, "inactive")


@transaction.atomic
def revoke(grant: Grant, *, by: AnyActor, version: int | None, reason: str = "") -> Grant:
    """End a grant: the recipient's next request finds nothing.

    :raises ValidationError: if it has ended already.
    """
    require(by, SHARE)
    recording.require_own(by, grant)
    recording.compare(grant, version)
    if not grant.is_live:
        message = _("This grant has ended already.")
        raise recording.refusal("revoked_at", message, "ended")
    return end_grant(grant, by=by, reason=reason)
