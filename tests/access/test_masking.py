"""Which fields each role reads, for every model: a masked one is not even selected."""

from uuid import uuid4

import pytest

from cases.access.gate import Actor, acting_as
from cases.access.sensitivity import OPEN, PROTECTED, dated, masked
from cases.models import BatchSlot, BatchStep, RepatriationBatch
from cases.models.gate import FieldMasked
from cases.vocabulary.organisations import Role
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.factories import IndividualFactory

pytestmark = pytest.mark.django_db
SETTLED = {
    RepatriationBatch: {"arrived": True},
    BatchSlot: {"batch__arrived": True},
    BatchStep: {"batch__arrived": True},
}
"""What a movement that is not over withholds besides: test_movement_cell.py."""


@pytest.mark.parametrize("model", FACTORIES)
def test_a_masked_field_cannot_be_read(model, organisation, user_of):
    partner = user_of(Role.PARTNER)
    fields = {field.name for field in model._meta.fields}
    owner = {"recorded_by": partner} if "recorded_by" in fields else {}
    if "organisation_id" in fields:
        owner["organisation_id"] = organisation.pk
    row = FACTORIES[model](**owner, **SETTLED.get(model, {}))

    links = [field.name for field in model._meta.fields if field.many_to_one]

    for role in Role:
        user_id = partner.pk if role == Role.PARTNER else uuid4()
        with acting_as(Actor(user_id, organisation.pk, role)) as actor:
            rows = model.objects.prefetch_related(*links)  # a masked one is not read ahead
            for seen in rows.filter(pk=row.pk):  # test_scope.py says who reaches it
                check_fields(seen, actor)


def check_fields(seen, actor):
    assert type(seen).masked_for_actor() == seen.unread_fields()
    for field in seen._meta.concrete_fields:
        if seen.SENSITIVITY[field.name] > actor.clearance:
            with pytest.raises(FieldMasked, match=f"You may not read {field.name}"):
                getattr(seen, field.attname)
        else:
            getattr(seen, field.attname)


def test_the_classes_are_ordered():
    classes = {"a": OPEN, "b": PROTECTED}

    assert masked(classes, OPEN) == {"b"}
    assert masked(classes, PROTECTED) == set()
    assert dated("born", PROTECTED) == {
        "born_edtf": PROTECTED,
        "born_earliest": PROTECTED,
        "born_latest": PROTECTED,
        "born_as_stated": PROTECTED,
    }


def test_reloading_a_row_leaves_masked_fields_alone(actor_of):
    person = IndividualFactory(circumstances="A secret.")

    with acting_as(actor_of(Role.MANAGER)):
        person.refresh_from_db()
        with pytest.raises(FieldMasked):
            person.refresh_from_db(fields=["circumstances"])
    assert person.circumstances == "A secret."
