"""What a row is called holds nothing that a reader of the label might not read."""

import pytest

from cases.access.gate import acting_as
from cases.access.sensitivity import IDENTIFYING
from cases.vocabulary.organisations import Role
from tests.architecture.test_every_model_has_a_factory import FACTORIES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", FACTORIES)
def test_a_label_holds_no_identifying_value(model):
    row = FACTORIES[model]()

    for name, harm in model.SENSITIVITY.items():
        value = getattr(row, name) if harm >= IDENTIFYING else None
        if isinstance(value, str) and value:
            assert value not in str(row), name


@pytest.mark.parametrize("model", FACTORIES)
def test_every_role_can_read_the_label_of_a_row_it_reaches(model, actor_of, organisation):
    fields = {field.name for field in model._meta.fields}
    ours = {"organisation_id": organisation.pk} if "organisation_id" in fields else {}
    row = FACTORIES[model](**ours)

    for role in (Role.AUDITOR, Role.MANAGER, Role.CASEWORKER):
        with acting_as(actor_of(role)):
            for seen in model.objects.filter(pk=row.pk):
                assert str(seen)
