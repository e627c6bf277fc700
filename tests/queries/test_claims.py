"""Who speaks, as far as the reader may know it."""

import pytest

from cases.access.gate import acting_as
from cases.models import ReportedCount
from cases.queries.claims import claims_of
from cases.vocabulary.organisations import Role
from tests.factories import (
    ContactFactory,
    PopulationFactory,
    ReportedCountFactory,
    SpeakerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told_twice_by_one(organisation):
    """Two published figures on one private person's word."""
    contact = ContactFactory(is_confidential=True, organisation=organisation)
    for value in (30, 40):
        statement = StatementFactory()
        SpeakerFactory(statement=statement, body=None, official=None, contact=contact)
        ReportedCountFactory(
            statement=statement,
            population=PopulationFactory(),
            stated_value=value,
            organisation=organisation,
            is_published=True,
        )


def claimants():
    return [claim.claimant for claim in claims_of(ReportedCount.objects.order_by("stated_value"))]


def test_the_keeper_sees_that_one_private_person_spoke_twice(told_twice_by_one, actor_of):
    with acting_as(actor_of(Role.CASEWORKER)):
        first, second = claimants()

    assert first.key == second.key
    assert first.label.startswith("Contact ")


def test_others_cannot_tell_that_it_was_one_person(told_twice_by_one, actor_of, other_organisation):
    with acting_as(actor_of(Role.CASEWORKER, organisation=other_organisation)):
        first, second = claimants()

    assert first.key != second.key
    assert first.label == second.label
