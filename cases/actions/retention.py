"""How long cases are kept, legal holds, and the end of a record on two people's word."""

from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import anonymising, recording
from cases.models import (
    Anonymisation,
    BatchSlot,
    Individual,
    LegalHold,
    Organisation,
    RetentionPeriod,
)
from cases.queries.looked_for import is_looked_for
from cases.queries.retention import live_hold
from cases.rules.individuals import check_case_number
from cases.vocabulary.retention import AnonymisationState

KEEP = Act.KEEP_RETENTION


def set_period(
    *, by: AnyActor, organisation: Organisation | None = None, **fields: Any
) -> RetentionPeriod:
    """Set an organisation's own period in place of the usual one."""
    return recording.add(RetentionPeriod, by=by, act=KEEP, organisation=organisation, **fields)


def amend_period(
    period: RetentionPeriod, *, by: AnyActor, version: int | None, **changes: Any
) -> RetentionPeriod:
    """Change an own period."""
    return recording.amend(period, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def hold(
    *,
    by: AnyActor,
    individual: Individual,
    organisation: Organisation | None = None,
    **fields: Any,
) -> LegalHold:
    """Stop the clock for one person until a day."""
    require(by, KEEP)
    recording.require_own(by, individual)
    recording.hold(Individual, individual.pk)  # nobody anonymises the record meanwhile
    return recording.add(
        LegalHold, by=by, act=KEEP, organisation=organisation, individual=individual, **fields
    )


@transaction.atomic
def lift_hold(
    legal_hold: LegalHold, *, by: AnyActor, version: int | None, reason: str
) -> LegalHold:
    """End a legal hold before its day.

    :raises ValidationError: if it is lifted already.
    """
    require(by, KEEP)
    if legal_hold.lifted_at is not None:
        message = _("This hold is lifted already.")
        raise recording.refusal("lifted_at", message, "lifted")
    return recording.amend(
        legal_hold, by=by, act=KEEP, version=version,
        lifted_at=clock.now(), lifting_reason=reason,
    )  # fmt: skip


@transaction.atomic
def propose(
    *,
    by: AnyActor,
    individual: Individual,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Anonymisation:
    """Propose to anonymise a record; somebody else carries it out.

    :raises ValidationError: while something stands in the way.
    """
    require(by, Act.KEEP_CASES)
    recording.require_own(by, individual)
    _refuse_kept(individual)
    return recording.add(
        Anonymisation, by=by, act=Act.KEEP_CASES,
        organisation=organisation, individual=individual, **fields,
    )  # fmt: skip


@transaction.atomic
def drop(proposal: Anonymisation, *, by: AnyActor, version: int | None) -> Anonymisation:
    """Leave a record as it is."""
    require(by, Act.KEEP_CASES)
    recording.require_own(by, proposal)
    recording.compare(proposal, version)
    _check_open(proposal)
    return _decide(proposal, AnonymisationState.DROPPED, by=by, act="dropped")


@transaction.atomic
def carry_out(
    proposal: Anonymisation, *, by: AnyActor, version: int | None, case_number: str
) -> Anonymisation:
    """Anonymise a record for good, as a second person. Nobody can take it back.

    ``case_number`` is typed once more, so that it is this record that is meant.

    :raises ValidationError: for one's own proposal, another number, or under a legal hold.
    """
    require(by, KEEP)
    recording.require_own(by, proposal)
    recording.hold(Individual, proposal.individual_id)
    recording.compare(proposal, version)
    _check_open(proposal)
    if by.user_id is None or by.user_id == proposal.recorded_by_id:
        message = _("Somebody else than its proposer anonymises a record.")
        raise recording.refusal("decided_by", message, "own_proposal")
    person = Individual.objects.get(pk=proposal.individual_id)
    check_case_number(case_number)
    if case_number != person.case_number:
        message = _("This is another case. Type the number of the one that is to be anonymised.")
        raise recording.refusal("case_number", message, "other_case")
    _refuse_kept(person)
    decided = _decide(proposal, AnonymisationState.CARRIED_OUT, by=by, act="carried out")
    anonymising.anonymise(person, by=by)
    return decided


def _decide(
    proposal: Anonymisation, state: AnonymisationState, *, by: AnyActor, act: str
) -> Anonymisation:
    decision: dict[str, Any] = {
        "state": state,
        "decided_at": clock.now(),
        "decided_by_id": by.user_id,
    }
    return recording.settle(proposal, decision, by=by, act=act)


def _check_open(proposal: Anonymisation) -> None:
    if proposal.state != AnonymisationState.PROPOSED:
        message = _("This was decided already.")
        raise recording.refusal("state", message, "decided")


def _refuse_kept(person: Individual) -> None:
    """Refuse while a hold stands, or the person is on a movement that is not over.

    :raises ValidationError: saying what to wait for.
    """
    recording.refuse_anonymised(person)
    with acting_as(System("asking what keeps a record")):
        held = live_hold(person)
        is_moving = BatchSlot.objects.filter(individual=person, is_live=True).exists()
    if held is not None:
        message = _("A legal hold stands until %(day)s. Nothing is anonymised before.") % {
            "day": date_format(held.until)
        }
        raise recording.refusal("individual", message, "legal_hold")
    if is_moving:
        message = _("The record is needed until a movement is over. Wait until then.")
        raise recording.refusal("individual", message, "moving")
    if is_looked_for(person):
        message = _("Somebody looks for this person. Close the tracing request first.")
        raise recording.refusal("individual", message, "looked_for")
