"""A person is in one batch that is not over."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.access.gate import System
from cases.actions import batches
from cases.models import BatchSlot, RepatriationBatch
from cases.vocabulary.batches import BatchStatus, Presence
from tests.factories import BatchSlotFactory, IndividualFactory, RepatriationBatchFactory
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
S, SAID = BatchStatus, "This person is in a batch that is not over."
BY = System("tests")


def moved(batch: RepatriationBatch, *steps: str) -> RepatriationBatch:
    for step in steps:
        batches.move(batch, by=BY, version=None, to_status=step, organisation=batch.organisation)
    return batch


def live(batch: RepatriationBatch) -> list[bool]:
    return list(batch.slots.order_by("number").values_list("is_live", flat=True))


def add(batch: RepatriationBatch, **fields: Any) -> BatchSlot:
    return batches.add_slot(by=BY, organisation=batch.organisation, batch=batch, **fields)


def test_a_slot_takes_it_from_its_batch():
    assert add(RepatriationBatchFactory()).is_live
    assert not add(RepatriationBatchFactory(arrived=True)).is_live
    assert not add(RepatriationBatchFactory(), presence=Presence.REMOVED).is_live


def test_a_slot_of_no_batch_is_left_to_the_rule_that_it_has_one():
    slot = BatchSlot(number=1)
    slot.clean()

    assert slot.is_live


def test_slots_follow_their_batch_and_come_back_with_it():
    batch = RepatriationBatchFactory(status=S.SCHEDULED)
    staying, gone = add(batch), add(batch, presence=Presence.NO_SHOW)
    before = staying.updated_at

    moved(batch, S.FAILED)
    assert live(batch) == [False, False]
    moved(batch, S.PROPOSED)

    assert live(batch) == [True, False]
    staying.refresh_from_db()
    gone.refresh_from_db()
    assert (staying.version, gone.version) == (1, 1)
    assert staying.updated_at > before  # whoever pulls what changed learns of it


def test_a_person_in_two_batches_is_refused_in_words():
    person = IndividualFactory()
    taken = BatchSlotFactory(individual=person)
    free = add(RepatriationBatchFactory())

    assert SAID in sentence_of(batches.bind, free, by=BY, version=1, individual=person)
    assert SAID in sentence_of(add, RepatriationBatchFactory(), individual=person)
    batches.amend_slot(taken, by=BY, version=1, presence=Presence.REMOVED)
    free.refresh_from_db()
    assert batches.bind(free, by=BY, version=1, individual=person).is_live


def test_who_is_put_back_is_refused_while_in_another():
    person = IndividualFactory()
    removed = BatchSlotFactory(individual=person, presence=Presence.REMOVED)
    BatchSlotFactory(individual=person)

    said = sentence_of(batches.amend_slot, removed, by=BY, version=1, presence=Presence.BOARDED)

    assert SAID in said


def test_the_same_person_may_travel_again_when_it_is_over():
    person, first = IndividualFactory(), RepatriationBatchFactory(status=S.SCHEDULED)
    add(first, individual=person)
    moved(first, S.CANCELLED)

    assert add(RepatriationBatchFactory(), individual=person).is_live


def test_a_movement_is_not_taken_up_again_with_people_of_another():
    person, batch = IndividualFactory(), RepatriationBatchFactory(status=S.SCHEDULED)
    add(batch)
    add(batch, individual=person)
    moved(batch, S.FAILED)
    BatchSlotFactory(individual=person)

    said = sentence_of(moved, batch, S.PROPOSED)

    assert "in another batch that is not over: 2." in said
    batch.refresh_from_db()
    assert (batch.status, live(batch)) == (S.FAILED, [False, False])


def test_the_database_refuses_what_goes_round_the_model():
    person = IndividualFactory()
    BatchSlotFactory(individual=person)
    over = BatchSlotFactory(individual=person, batch=RepatriationBatchFactory(arrived=True))

    with pytest.raises(IntegrityError), transaction.atomic():
        BatchSlot.objects.filter(pk=over.pk).update(is_live=True)
    nobody = [BatchSlotFactory(), BatchSlotFactory()]
    assert all(slot.is_live for slot in nobody)
