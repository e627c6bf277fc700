"""Consents and other legal bases, their withdrawal, and who must not learn of a person."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import require
from cases.access.roles import Act
from cases.actions import recording, sharing
from cases.models import Consent, Exclusion, Individual, Organisation
from cases.queries.consents import grants_resting_on
from cases.rules.consents import check_withdrawer

KEEP = Act.KEEP_CASES


@transaction.atomic
def record(
    *,
    by: AnyActor,
    individual: Individual,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Consent:
    """Record what entitles us to one use of a person's data.

    :raises ValidationError: for a recipient who must not learn of the person.
    """
    require(by, KEEP)
    recording.require_own(by, individual)
    sharing.refuse_excluded(individual, fields.get("recipient"), body=fields.get("body"))
    return recording.add(
        Consent, by=by, act=KEEP, organisation=organisation, individual=individual, **fields
    )


@transaction.atomic
def withdraw(
    consent: Consent,
    *,
    by: AnyActor,
    version: int | None,
    withdrawn_by: str,
    reason: str = "",
) -> Consent:
    """End a consent at once, and with it every grant and open request that rests on it.

    Whoever records it need not be one who shares cases: a person is not made to wait.

    :raises ValidationError: if it is withdrawn already.
    """
    require(by, KEEP)
    recording.require_own(by, consent)
    recording.hold(Individual, consent.individual_id)  # no grant is given meanwhile
    recording.compare(consent, version)
    check_withdrawer(withdrawn_by)
    if consent.withdrawn_at is not None:
        message = _("This is withdrawn already.")
        raise recording.refusal("withdrawn_at", message, "withdrawn")
    ended = recording.amend(
        consent, by=by, act=KEEP, version=version,
        withdrawn_at=clock.now(), withdrawn_by=withdrawn_by, withdrawal_reason=reason,
    )  # fmt: skip
    why = "What it rested on was withdrawn."
    sharing.end_grants(grants_resting_on(ended), by=by, reason=why)
    sharing.end_requests(sharing.waiting(basis=ended.pk), by=by, reason=why)
    return ended


@transaction.atomic
def exclude(
    *,
    by: AnyActor,
    individual: Individual,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Exclusion:
    """Say who must not learn of a person; what was opened to them is closed at once."""
    require(by, KEEP)
    recording.require_own(by, individual)
    recording.hold(Individual, individual.pk)
    kept_out = recording.add(
        Exclusion, by=by, act=KEEP, organisation=organisation, individual=individual, **fields
    )
    if kept_out.excluded_id is not None:
        theirs = {"individual": individual, "recipient": kept_out.excluded_id}
        # Both sides read why a request was withdrawn, and one of them must not learn this.
        sharing.end_grants(
            sharing.live_grants(**theirs), by=by, reason="It was closed by an act on the case."
        )
        sharing.end_requests(sharing.waiting(**theirs), by=by, reason="The request was withdrawn.")
    return kept_out


@transaction.atomic
def lift(exclusion: Exclusion, *, by: AnyActor, version: int | None, reason: str) -> Exclusion:
    """Let somebody learn of a person again; nothing is opened by it.

    :raises ValidationError: if it is lifted already.
    """
    require(by, Act.SHARE_CASES)
    if exclusion.lifted_at is not None:
        message = _("This is lifted already.")
        raise recording.refusal("lifted_at", message, "lifted")
    return recording.amend(
        exclusion, by=by, act=Act.SHARE_CASES, version=version,
        lifted_at=clock.now(), lifting_reason=reason,
    )  # fmt: skip
