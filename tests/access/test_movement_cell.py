"""A movement that is not over, and a confidential source: for the movement cell alone."""

import pytest

from cases.access.gate import Actor, acting_as
from cases.models import BatchSlot, BatchStep, Contact, RepatriationBatch
from cases.models.gate import FieldMasked
from cases.rules.batches import MOVING, OVER
from cases.vocabulary.batches import BatchStatus
from cases.vocabulary.organisations import Role
from tests.factories import (
    BatchSlotFactory,
    BatchStepFactory,
    ContactFactory,
    RepatriationBatchFactory,
    RouteFactory,
)

pytestmark = pytest.mark.django_db
CLEARED = {Role.CASEWORKER, Role.SUPERVISOR}
MOVEMENT = {"route", "destination", "remarks", "departed_edtf", "arrived_edtf"}
ROLES = [Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR]


def batch_in(status):
    """Make a batch with a route; a status of its own means that it left in November."""
    return RepatriationBatchFactory(
        status=status, route=RouteFactory(), departed_edtf="2024-11-21", remarks="Bus at night."
    )


@pytest.fixture
def actor(organisation, user_of):
    def make(role, **flags):
        return Actor.of(user_of(role, organisation=organisation, **flags))

    return make


def seen_by(actor, row):
    with acting_as(actor):
        return type(row).objects.filter(pk=row.pk).first()


def test_a_movement_is_over_or_not():
    assert {*MOVING, *OVER} == set(BatchStatus)
    assert not set(MOVING) & set(OVER)


@pytest.mark.parametrize("status", BatchStatus)
@pytest.mark.parametrize("is_in_cell", [True, False])
@pytest.mark.parametrize("role", ROLES)
def test_route_time_and_manifest_are_for_the_cell(status, is_in_cell, role, actor):
    batch = batch_in(status)
    rows = (batch, BatchSlotFactory(batch=batch, bound=True))
    reader = actor(role, is_movement_cell=is_in_cell)

    for row, fields in zip(rows, (MOVEMENT, {"individual"}), strict=True):
        unread = seen_by(reader, row).unread_fields()
        is_open = status in OVER or (is_in_cell and role in CLEARED)
        of_the_role = {name for name in fields if row.SENSITIVITY[name] > reader.clearance}
        assert unread & fields == (of_the_role if is_open else fields)
    step = seen_by(reader, BatchStepFactory(batch=batch))
    assert (step is not None) is is_open


@pytest.mark.parametrize(
    ("model", "make", "field"),
    [
        (RepatriationBatch, lambda: batch_in("scheduled"), "departed_edtf"),
        (BatchSlot, lambda: BatchSlotFactory(bound=True), "individual"),
        (Contact, lambda: ContactFactory(confidential=True), "name"),
    ],
)
def test_what_is_withheld_answers_no_question(model, make, field, actor):
    row = make()
    with acting_as(actor(Role.CASEWORKER)):
        seen = model.objects.get(pk=row.pk)
        assert not getattr(seen, field)
        with pytest.raises(FieldMasked):
            seen.refresh_from_db(fields=[field])
        assert not model.is_even(field)
        assert not model.objects.filter(model.readable(field)).exists()
    with acting_as(actor(Role.CASEWORKER, is_movement_cell=True)):
        assert model.is_even(field)
        assert model.objects.filter(model.readable(field)).count() == 1


def test_a_row_that_does_not_tell_its_state_withholds(actor):
    batch = batch_in("arrived")

    with acting_as(actor(Role.CASEWORKER)):
        seen = RepatriationBatch.objects.only("remarks").get(pk=batch.pk)
        assert seen.remarks == ""
        later = RepatriationBatch.objects.only("code").get(pk=batch.pk)
        assert later.remarks == "Bus at night."


def test_loading_more_keeps_what_was_changed_in_memory(actor):
    contact = ContactFactory(remarks="Only by post.")

    with acting_as(actor(Role.CASEWORKER)):
        seen = Contact.objects.defer("remarks").get(pk=contact.pk)
        seen.is_confidential = True
        assert seen.remarks == "Only by post."
        assert seen.is_confidential


def test_a_confidential_source_is_a_reference(actor):
    contact = ContactFactory(confidential=True)

    seen = seen_by(actor(Role.SUPERVISOR), contact)

    assert seen.unread_fields() == {"name", "search_key", "place", "reached_at", "remarks"}
    assert str(seen) == contact.reference


def test_steps_of_a_published_batch_are_shared(actor):
    step = BatchStepFactory(batch__published=True)

    assert seen_by(actor(Role.CASEWORKER), step) is not None
    assert BatchStep.SCOPE.moving is not None
