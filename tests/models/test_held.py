"""What a row holds is the same just written as read again, on either database."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from cases.access.gate import acting_as
from cases.models import Assistance, Individual, User
from cases.models.held import held
from cases.vocabulary.organisations import Role
from tests.admin.samples import FACTORIES
from tests.factories import AssistanceFactory, IndividualFactory, UserFactory

pytestmark = pytest.mark.django_db
KEPT = [model for model in FACTORIES if hasattr(model, "UNCOMMITTED")]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_written_and_read_are_alike(model):
    row = FACTORIES[model]()

    assert held(row) == held(model._base_manager.get(pk=row.pk))


def test_numbers_moments_and_terms_are_written_in_one_form():
    row = AssistanceFactory.build(
        amount=Decimal("1E+1"),
        updated_at=datetime(2024, 11, 22, 3, tzinfo=timezone(timedelta(hours=3))),
    )

    assert held(row)["amount"] == "10.00"
    assert held(row)["updated_at"] == datetime(2024, 11, 22, tzinfo=UTC).isoformat()
    assert type(held(row)["kind"]) is str
    assert isinstance(row, Assistance)


def test_an_empty_column_is_left_out_and_nought_is_not():
    row = IndividualFactory.build(circumstances="", age_as_stated=0, home_place=None)

    assert not {"circumstances", "home_place_id"} & held(row).keys()
    assert held(row)["age_as_stated"] == 0


def test_what_the_reader_may_not_read_is_committed_to_all_the_same(actor_of):
    person = IndividualFactory(circumstances="Taken from the village.")

    with acting_as(actor_of(Role.MANAGER)):
        seen = Individual.objects.get(pk=person.pk)
        assert "circumstances" in seen.unread_fields()
        assert held(seen) == held(person)


def test_a_sign_in_is_no_change_of_the_user():
    user = UserFactory()
    before = held(user)

    User.objects.filter(pk=user.pk).update(last_login=datetime(2024, 11, 22, tzinfo=UTC))

    assert held(User.objects.get(pk=user.pk)) == before
