"""Batches: announced, moved on, their slots bound and unbound, their mediators credited."""

from typing import Any

from django.db import transaction

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.actions import recording
from cases.models import (
    BatchSlot,
    BatchStep,
    Individual,
    Mediation,
    Organisation,
    RepatriationBatch,
)
from cases.queries import reconciliation
from cases.rules import batches
from cases.vocabulary.batches import BatchStatus

KEEP = Act.KEEP_BATCHES


@transaction.atomic
def announce(
    *,
    by: AnyActor,
    organisation: Organisation | None = None,
    slots: int = 0,
    **fields: Any,
) -> RepatriationBatch:
    """Record a batch, with ``slots`` unnamed places.

    A batch known only from the news begins as *arrived*.

    :raises ValidationError: if it begins in the middle of its life.
    """
    require(by, KEEP)
    batches.check_start(fields.get("status", BatchStatus.PROPOSED))
    batches.check_slots(slots)
    batch = recording.add(RepatriationBatch, by=by, act=KEEP, organisation=organisation, **fields)
    for _ in range(slots):
        add_slot(by=by, batch=batch, organisation=organisation)
    return batch


def amend(
    batch: RepatriationBatch, *, by: AnyActor, version: int | None, **changes: Any
) -> RepatriationBatch:
    """Change what is recorded of a batch; its status moves by :func:`move` alone."""
    require(by, KEEP)
    if changes.get("status", batch.status) != batch.status:
        message = "A batch is moved on by a transition. Leave its status here as it is."
        raise recording.refusal("status", message, "not_by_editing")
    return recording.amend(batch, by=by, act=KEEP, version=version, **changes)


@transaction.atomic
def move(
    batch: RepatriationBatch,
    *,
    by: AnyActor,
    version: int | None,
    to_status: str,
    organisation: Organisation | None = None,
    **fields: Any,
) -> BatchStep:
    """Move a batch on.

    :raises ValidationError: where its life has no such step, or a guard says no.
    """
    require(by, Act.MOVE_BATCHES)
    recording.require_own(by, batch)
    recording.compare(batch, version)
    batches.check_step(batch.status, to_status)
    batches.check_published(to_status, is_published=batch.is_published)
    picture = reconciliation.of(batch)
    batches.check_guard(
        to_status,
        has_headcount=bool(picture.whole.claims),
        slots=picture.whole.slots,
        states=picture.states,
        is_accepted=picture.is_difference_accepted,
    )
    before = recording.swap(batch)
    step = recording.add(
        BatchStep,
        by=by,
        act=Act.MOVE_BATCHES,
        organisation=organisation,
        batch=batch,
        from_status=batch.status,
        to_status=to_status,
        **fields,
    )
    batch.status = to_status
    batch.save(update_fields=["status"])
    recording.trail(batch, by=by, act="moved", changed=["status"], versions=(before, before + 1))
    return step


@transaction.atomic
def add_slot(
    *,
    by: AnyActor,
    batch: RepatriationBatch,
    number: int | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> BatchSlot:
    """Add a place to a batch; it takes the next number unless one is given."""
    require(by, KEEP)
    recording.require_own(by, batch)
    if number is None:
        with acting_as(System("giving the next slot number")):
            last = BatchSlot.objects.filter(batch=batch).order_by("-number").first()
        number = last.number + 1 if last else 1
    return recording.add(
        BatchSlot,
        by=by,
        act=KEEP,
        organisation=organisation,
        batch=batch,
        number=number,
        **fields,
    )


def amend_slot(slot: BatchSlot, *, by: AnyActor, version: int | None, **changes: Any) -> BatchSlot:
    """Change what is known of a place."""
    return recording.amend(slot, by=by, act=KEEP, version=version, **changes)


def bind(
    slot: BatchSlot, *, by: AnyActor, version: int | None, individual: Individual
) -> BatchSlot:
    """Say who it is; no total changes.

    :raises ValidationError: if somebody is bound already, or the person has another slot here.
    """
    require(by, KEEP)
    if slot.individual_id not in {None, individual.pk}:
        message = "Somebody is bound to this slot already. Unbind it first."
        raise recording.refusal("individual", message, "slot_taken")
    return recording.amend(slot, by=by, act=KEEP, version=version, individual=individual)


def unbind(slot: BatchSlot, *, by: AnyActor, version: int | None) -> BatchSlot:
    """Say that nobody knows who it is after all; the place stays.

    :raises PermissionDenied: where the actor may not read the person's case.
    """
    require(by, KEEP)
    unseen = slot.individual_id is not None and not Individual.objects.filter(pk=slot.individual_id)
    if unseen:
        raise recording.NotYours(slot, "bound to a person whose case you may not read")
    return recording.amend(slot, by=by, act=KEEP, version=version, individual=None)


def credit(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Mediation:
    """Record a body's part in a batch or in talks, on somebody's word."""
    return recording.add(Mediation, by=by, act=KEEP, organisation=organisation, **fields)


def amend_mediation(
    mediation: Mediation, *, by: AnyActor, version: int | None, **changes: Any
) -> Mediation:
    """Mend a body's part."""
    return recording.amend(mediation, by=by, act=KEEP, version=version, **changes)
