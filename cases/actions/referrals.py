"""Cases referred or handed over to another organisation: asked, and answered by the other side."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, look_anew, require
from cases.access.roles import Act
from cases.actions import grants, recording, sharing, transfers
from cases.models import Consent, Individual, Organisation, Referral
from cases.queries import referrals as told
from cases.rules import referrals
from cases.vocabulary.referrals import ReferralKind, ReferralState

REFER = Act.REFER_CASES


@transaction.atomic
def request(
    *,
    by: AnyActor,
    individual: Individual,
    recipient: Organisation,
    kind: str,
    purpose: str,
    basis: Consent | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Referral:
    """Ask another organisation to help with a case, or to take it over.

    Until it accepts it reads the request and its summary, and nothing of the case.

    :raises ValidationError: where nothing on record allows it, the recipient must not learn of
        the person, or the case cannot pass as it stands.
    """
    require(by, REFER)
    recording.require_own(by, individual)
    level, until = fields.get("level", ""), fields.get("grant_ends_at")
    grants.check_recipient(recipient, level, most=by.clearance)
    sharing.refuse_excluded(individual, recipient)
    recording.hold(Individual, individual.pk)
    referrals.check_attached(kind, level, until)
    rests_on = sharing.basis_for(
        individual, recipient=recipient, use=str(purpose), until=until, named=basis
    )
    if kind == ReferralKind.TRANSFER:
        transfers.refuse_immovable(individual)
    return recording.add(
        Referral,
        by=by,
        act=REFER,
        organisation=organisation,
        individual=individual,
        recipient=recipient,
        kind=kind,
        purpose=purpose,
        basis=rests_on,
        **told.summary_of(individual),
        **fields,
    )


@transaction.atomic
def accept(referral: Referral, *, by: AnyActor, version: int | None, reason: str = "") -> Referral:
    """Say yes: a referral opens the case to us, a transfer makes it ours.

    :raises PermissionDenied: for anybody but the organisation that is asked.
    :raises ValidationError: for a request that is over, or may no longer be carried out.
    """
    require(by, REFER)
    _require_side(by, referral, "recipient_id")
    with acting_as(System("carrying out a referral that was accepted")):
        asked = _held(referral, version)
        referrals.check_step(asked.state_now, ReferralState.ACCEPTED, reason)
        person = Individual.objects.get(pk=asked.individual_id)
        answer: dict[str, Any] = {
            "answered_at": clock.now(),
            "answered_by_id": by.user_id,
            "answer": reason,
        }
        try:
            given = _carry_out(asked, person)
        except ValidationError as fault:
            message = _("The other side may no longer share this case so. Let it ask again.")
            raise ValidationError({"state": ValidationError(message, code="stale")}) from fault
        answer |= {"state": ReferralState.ACCEPTED, "grant_id": given}
        recording.settle(asked, answer, by=by, act="accepted")
        if asked.kind == ReferralKind.TRANSFER:
            transfers.hand_over(person, to=asked.recipient, by=by)
    look_anew()
    return asked


def _carry_out(asked: Referral, person: Individual) -> Any:
    """Look once more at what it rests on; give the key of the grant that a referral makes."""
    system = System("giving what an accepted referral asks for")
    if asked.kind == ReferralKind.REFERRAL:
        assert asked.basis is not None  # noqa: S101 - no request is made without
        return grants.give(
            by=system,
            organisation=asked.organisation,
            individual=person,
            recipient=asked.recipient,
            level=asked.level,
            purpose=asked.purpose,
            legal_basis=asked.basis.legal_basis,
            basis=asked.basis,
            expires_at=asked.grant_ends_at,  # type: ignore[arg-type]
        ).pk
    sharing.refuse_excluded(person, asked.recipient)
    sharing.basis_for(person, recipient=asked.recipient, use=asked.purpose, named=asked.basis)
    transfers.refuse_immovable(person)
    return None


@transaction.atomic
def reject(referral: Referral, *, by: AnyActor, version: int | None, reason: str) -> Referral:
    """Say no, and why."""
    require(by, REFER)
    _require_side(by, referral, "recipient_id")
    return _ended(referral, ReferralState.REJECTED, by=by, version=version, reason=reason)


@transaction.atomic
def withdraw(referral: Referral, *, by: AnyActor, version: int | None, reason: str) -> Referral:
    """Take a request back before it is answered."""
    require(by, REFER)
    _require_side(by, referral, "organisation_id")
    return _ended(referral, ReferralState.WITHDRAWN, by=by, version=version, reason=reason)


@transaction.atomic
def expire(*, by: AnyActor) -> int:
    """Close the requests that nobody answered in time.

    :returns: how many.
    """
    require(by, REFER)
    with acting_as(System("closing requests that lapsed")):
        late = Referral.objects.filter(
            state=ReferralState.REQUESTED, answer_by__lte=clock.now()
        ).order_by("pk")
        for referral in late:
            lapse = {"state": ReferralState.EXPIRED, "answered_at": referral.answer_by}
            recording.settle(referral, lapse, by=by, act="expired")
        return len(late)


def _ended(
    referral: Referral, to_state: ReferralState, *, by: AnyActor, version: int | None, reason: str
) -> Referral:
    with acting_as(System("closing a request")):
        asked = _held(referral, version)
        referrals.check_step(asked.state_now, to_state, reason)
        answer = {"answered_at": clock.now(), "answered_by_id": by.user_id, "answer": reason}
        return recording.settle(asked, {"state": to_state, **answer}, by=by, act=to_state.value)


def _held(referral: Referral, version: int | None) -> Referral:
    """Lock the case and the request, and read it as it stands now."""
    recording.hold(Individual, referral.individual_id)
    recording.hold(Referral, referral.pk)
    asked = Referral.objects.get(pk=referral.pk)
    recording.compare(asked, version)
    return asked


def _require_side(by: AnyActor, referral: Referral, side: str) -> None:
    """Leave an answer to the organisation that is asked, and taking back to the one that asks.

    :raises PermissionDenied: for anybody else.
    """
    if by.organisation_id not in {None, getattr(referral, side)}:
        sentence = (
            _("This %(record)s is for the organisation that is asked to decide.")
            if side == "recipient_id"
            else _("This %(record)s is for the one that asks to decide.")
        )
        raise recording.NotYours(referral, sentence)
