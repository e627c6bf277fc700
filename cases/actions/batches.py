"""Batches: announced, moved on, their slots bound and unbound, their mediators credited."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.access.sensitivity import CRITICAL
from cases.actions import guards, recording
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
    for _number in range(slots):
        add_slot(by=by, batch=batch, organisation=organisation)
    return batch


def amend(
    batch: RepatriationBatch, *, by: AnyActor, version: int | None, **changes: Any
) -> RepatriationBatch:
    """Change what is recorded of a batch; its status moves by :func:`move` alone."""
    require(by, KEEP)
    if changes.get("status", batch.status) != batch.status:
        message = _("A batch is moved on by a transition. Leave its status here as it is.")
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
    recording.hold(RepatriationBatch, batch.pk)  # no slot or claim comes between guard and step
    recording.compare(batch, version)
    picture = reconciliation.of(batch)
    guards.of_move(batch, by=by, to_status=to_status, picture=picture)
    batches.check_note(to_status, states=picture.states, note=fields.get("remarks", ""))
    before = recording.swap(batch, ["status"])
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
    _carry_to_slots(batch, by=by)
    recording.trail(batch, by=by, act="moved", changed=["status"], versions=(before, before + 1))
    return step


def _carry_to_slots(batch: RepatriationBatch, *, by: AnyActor) -> None:
    """Make the slots live, or live no longer, with their batch.

    :raises ValidationError: where a movement is taken up again and somebody has left with another.
    """
    with acting_as(System("carrying a step over to the slots")):
        slots = BatchSlot.objects.filter(batch=batch).exclude(presence__in=batches.GONE)
        is_live = batch.status not in batches.OVER
        changed = slots.exclude(is_live=is_live)
        if is_live:
            _refuse_taken(changed)
        keys = list(changed.values_list("pk", flat=True))
        # Their versions stay: nobody has edited them.
        BatchSlot.objects.filter(pk__in=keys).update(is_live=is_live, updated_at=clock.now())
        for slot in BatchSlot.objects.filter(pk__in=keys).order_by("number"):
            versions = (slot.version, slot.version)
            recording.trail(
                slot, by=by, act="followed its batch", changed=["is_live"], versions=versions
            )


def _refuse_taken(slots: QuerySet[BatchSlot]) -> None:
    elsewhere = BatchSlot.objects.filter(is_live=True, individual__in=slots.values("individual"))
    taken = slots.filter(individual__in=elsewhere.values("individual")).order_by("number")
    if numbers := [str(slot.number) for slot in taken]:
        message = _(
            "The people of these slots are in another batch that is not over: %(slots)s. "
            "Unbind them here, or take them off that one, first."
        ) % {"slots": ", ".join(numbers)}
        raise recording.refusal("to_status", message, "in_another_batch")


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
    recording.hold(RepatriationBatch, batch.pk)
    recording.require_kept_together(batch, fields.get("individual"))
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


@transaction.atomic
def amend_slot(slot: BatchSlot, *, by: AnyActor, version: int | None, **changes: Any) -> BatchSlot:
    """Change what is known of a place."""
    require(by, KEEP)
    recording.hold(RepatriationBatch, slot.batch_id)
    recording.require_own(by, slot)
    recording.require_kept_together(slot, changes.get("individual"))
    if "presence" in changes:
        _require_cell_for_presence(slot, by, changes["presence"])
    return recording.amend(slot, by=by, act=KEEP, version=version, **changes)


def _require_cell_for_presence(slot: BatchSlot, by: AnyActor, presence: str) -> None:
    """Leave it to the movement cell to put somebody back on a movement that is not over.

    Who is refused would be told that the person is on another one.

    :raises PermissionDenied: for anybody else.
    """
    is_back = not slot.is_live and slot.would_be_live(presence)
    if is_back and slot.individual_id is not None and by.clearance < CRITICAL:
        raise recording.NotYours(slot, guards.FOR_THE_CELL)


@transaction.atomic
def bind(
    slot: BatchSlot, *, by: AnyActor, version: int | None, individual: Individual
) -> BatchSlot:
    """Say who it is; no total changes.

    :raises Conflict: if somebody else is bound already.
    :raises ValidationError: if the person has another slot, here or in a batch that is not over.
    """
    require(by, KEEP)
    recording.require_own(by, slot)
    recording.require_kept_together(slot, individual)
    recording.hold(RepatriationBatch, slot.batch_id)
    recording.compare(slot, version)
    if slot.individual_id not in {None, individual.pk}:
        message = _("Somebody is bound to this slot already. Unbind it first.")
        raise recording.Conflict(slot, None, message)
    return recording.amend(slot, by=by, act=KEEP, version=version, individual=individual)


@transaction.atomic
def unbind(slot: BatchSlot, *, by: AnyActor, version: int | None) -> BatchSlot:
    """Say that nobody knows who it is after all; the place stays.

    :raises PermissionDenied: where the actor may not read the person's case.
    """
    require(by, KEEP)
    if "individual" in slot.unread_fields():
        raise recording.NotYours(slot, guards.FOR_THE_CELL)
    recording.hold(RepatriationBatch, slot.batch_id)
    unseen = slot.individual_id is not None and not Individual.objects.filter(pk=slot.individual_id)
    if unseen:
        raise recording.NotYours(
            slot, _("This %(record)s is bound to a person whose case you may not read.")
        )
    return recording.amend(slot, by=by, act=KEEP, version=version, individual=None)


def credit(*, by: AnyActor, organisation: Organisation | None = None, **fields: Any) -> Mediation:
    """Record a body's part in a batch or in talks, on somebody's word."""
    return recording.add(Mediation, by=by, act=KEEP, organisation=organisation, **fields)


def amend_mediation(
    mediation: Mediation, *, by: AnyActor, version: int | None, **changes: Any
) -> Mediation:
    """Mend a body's part."""
    return recording.amend(mediation, by=by, act=KEEP, version=version, **changes)
