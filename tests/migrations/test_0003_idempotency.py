"""What the migration says of the slots that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from cases.models import BatchSlot
from cases.rules import batches
from cases.vocabulary.batches import BatchStatus, Presence
from tests.factories import BatchSlotFactory, IndividualFactory, RepatriationBatchFactory
from tests.trails import run_as_owner

pytestmark = pytest.mark.django_db
migration = import_module("cases.migrations.0003_idempotency")


@pytest.mark.parametrize("status", BatchStatus.values)
def test_slots_are_live_by_batch_and_presence(status):
    batch = RepatriationBatchFactory(status=status)
    slots = {one: BatchSlotFactory(batch=batch, presence=one) for one in Presence.values}
    BatchSlot.objects.update(is_live=True)

    migration.work_out_is_live(apps, None)

    for presence, slot in slots.items():
        slot.refresh_from_db()
        assert slot.is_live == batches.is_live(status, presence), presence


def test_somebody_in_two_batches_is_named_and_nothing_is_changed():
    run_as_owner("DROP INDEX individual_is_in_one_live_batch")
    person = IndividualFactory()
    one = BatchSlotFactory(individual=person)
    other = BatchSlotFactory()
    BatchSlot.objects.filter(pk=other.pk).update(individual=person)

    with pytest.raises(ValueError, match="in several") as refusal:
        migration.work_out_is_live(apps, None)

    for slot in (one, other):
        assert f"{slot.pk} (batch {slot.batch.code})" in str(refusal.value)
