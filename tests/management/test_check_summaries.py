"""Summaries against a recount."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases import clock
from cases.models import CaseloadRelease, Individual
from tests.factories import AssistanceFactory, IndividualFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    IndividualFactory.create_batch(6, opened=True)
    IndividualFactory.create_batch(4, organisation=OrganisationFactory(other=True))
    AssistanceFactory.create_batch(3, promised=True)
    call_command("publish_caseload")


def test_what_was_just_published_is_what_it_is_to_be(people, capsys):
    call_command("check_summaries")
    assert "8 summaries are what they are to be." in capsys.readouterr().out


def test_what_is_held_back_is_told_and_no_fault(people, capsys):
    IndividualFactory()
    with clock.fixed(clock.now() + timedelta(days=3)):
        call_command("publish_caseload")
        call_command("check_summaries")
    assert '"differs_by": 1, "fault": ""' in capsys.readouterr().out


def test_what_was_not_published_for_days_is_a_fault(people):
    IndividualFactory.create_batch(3)
    call_command("check_summaries")
    with clock.fixed(clock.now() + timedelta(days=3)):
        with pytest.raises(CommandError, match="summaries are not what they are to be"):
            call_command("check_summaries")
        call_command("publish_caseload")
        call_command("check_summaries")


@pytest.mark.parametrize(
    ("column", "old", "new", "fault"),
    [
        ("shown", '"total":9', '"total":8', "does not follow from its counts"),
        ("counted", '"unknown female":9', '"unknown female":8', "does not follow"),
    ],
)
def test_a_number_that_somebody_changed_is_found(people, capsys, column, old, new, fault):
    row = CaseloadRelease.objects.filter(subject="people", shown__contains='"total":9').get()
    before = getattr(row, column)
    assert old in before
    CaseloadRelease.objects.filter(pk=row.pk).update(**{column: before.replace(old, new)})
    with pytest.raises(CommandError, match="1 of 8 summaries"):
        call_command("check_summaries")
    assert fault in capsys.readouterr().out


def test_after_any_acts_the_next_publication_is_the_recount(people):
    """Whatever is done to the rows, by whichever path: the counts are always made anew."""
    chance = Random(5)  # noqa: S311
    for _day in range(4):
        rows = list(Individual.objects.all())
        for row in chance.sample(rows, 4):
            Individual.objects.filter(pk=row.pk).update(
                return_status=chance.choice(["home", "duplicate", "in_transit", "located_held"]),
                sex=chance.choice(["male", "female"]),
            )
        IndividualFactory.create_batch(chance.randint(0, 4))
        call_command("publish_caseload")
        call_command("check_summaries")
