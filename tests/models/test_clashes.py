"""What only the database saw is said in the constraint's own words."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import BatchSlot, RepatriationBatch, User, clashes
from tests.factories import (
    BatchSlotFactory,
    RepatriationBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def said_of(rows, **fields):
    with pytest.raises(IntegrityError) as clash, transaction.atomic():
        rows.update(**fields)
    return clashes.sentence_of(clash.value)


def test_a_unique_constraint():
    person = BatchSlotFactory(bound=True).individual
    rows = BatchSlot.objects.filter(pk=BatchSlotFactory().pk)

    assert said_of(rows, individual=person).startswith("This person is in a batch")


def test_a_unique_constraint_over_two_columns():
    first, second = RepatriationBatchFactory(), RepatriationBatchFactory()

    said = said_of(RepatriationBatch.objects.filter(pk=second.pk), code=first.code)

    assert said == "Your organisation has a batch of this code already."


def test_a_check():
    rows = RepatriationBatch.objects.filter(pk=RepatriationBatchFactory().pk)

    assert said_of(rows, is_published=True).startswith("A movement that has not arrived")


def test_what_is_no_constraint_of_ours():
    taken = UserFactory()
    rows = User.objects.filter(pk=UserFactory().pk)

    assert said_of(rows, email=taken.email) == clashes.CLASH
    assert clashes.sentence_of(IntegrityError("no cause")) == clashes.CLASH
