"""What is due to be anonymised: by the clocks that run, and what stops them."""

from datetime import timedelta

import pytest

from cases import clock
from cases.queries.retention import due
from cases.vocabulary.organisations import Role
from tests import factories
from tests.factories import (
    AnonymisationFactory,
    ConsentFactory,
    IndividualFactory,
    LegalHoldFactory,
    RetentionPeriodFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(as_actor, organisation):
    with as_actor(Role.SUPERVISOR, is_cleared_for_restricted=True) as actor:
        yield actor


def aged(days, **fields):
    """Make a person, and a note on them, untouched for some days."""
    person = IndividualFactory(**fields)
    then = clock.now() - timedelta(days=days)
    note = factories.NoteFactory(individual=person)
    for row in (person, note):
        type(row).objects.filter(pk=row.pk).update(updated_at=then)
    return person


def test_what_is_due_is_listed_the_longest_untouched_first(supervisor):
    closed, older = aged(800, home=True), aged(900, home=True)
    aged(700, home=True)
    searched = aged(1_200, opened=True)
    ConsentFactory(individual=searched, purpose="search")
    touched = aged(800, home=True)
    factories.NoteFactory(individual=touched)
    held = aged(1_000, home=True)
    LegalHoldFactory(individual=held)
    proposal = AnonymisationFactory(individual=older)

    listed = due()

    people = [searched, held, older, closed]
    assert [row.case_number for row in listed.rows] == [row.case_number for row in people[1:]]
    assert listed.rows[0].held_until is not None
    assert (listed.rows[1].proposal_id, listed.has_more) == (proposal.pk, False)


def test_own_periods_decide(supervisor):
    person = aged(100, home=True)
    assert not due().rows

    RetentionPeriodFactory(purpose="register", work_status="closed", days=90)

    assert [row.id for row in due().rows] == [person.pk]


def test_a_long_list_is_cut_and_says_so(supervisor, monkeypatch):
    people = [aged(900 + day, home=True) for day in range(3)]
    monkeypatch.setattr("cases.queries.retention._AT_ONCE", 1)
    assert len(due().rows) == len(people)
    monkeypatch.setattr("cases.queries.retention._LOOKED_AT", 2)

    assert (len(due().rows), due().has_more) == (2, True)
