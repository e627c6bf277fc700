"""Decisions stand until a later one; likely pairs are kept in line with the names."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.access.gate import System, acting_as
from cases.actions import duplicates, individuals
from cases.actions.recording import Conflict
from cases.models import DuplicateDecision, Individual, LikelyPair
from cases.rules.duplicates import in_order
from cases.vocabulary.organisations import Role
from tests.factories import (
    DuplicateDecisionFactory,
    IndividualFactory,
    IndividualNameFactory,
    LikelyPairFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
BY = System("tests")


def named(text, **fields):
    person = IndividualFactory(**fields)
    IndividualNameFactory(individual=person, text=text)
    return person


def decide(one, other, verdict="different", **given):
    return duplicates.decide(one, by=BY, other=other, verdict=verdict, **given)


def find(*people, organisation):
    return duplicates.find([one.pk for one in people], by=BY, organisation=organisation)


def test_a_later_decision_stands_and_the_earlier_is_kept():
    one, other = IndividualFactory(), IndividualFactory()

    decide(one, other)
    decide(other, one, verdict="same", reason="The passport.")

    earlier, later = DuplicateDecision.objects.order_by("recorded_at")
    assert (earlier.verdict, earlier.superseded_at is None) == ("different", False)
    assert (later.verdict, later.superseded_at, later.reason) == ("same", None, "The passport.")
    assert (later.first_id, later.second_id) == in_order(one.pk, other.pk)


def test_the_database_lets_one_decision_stand():
    row = DuplicateDecisionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicateDecision.objects.bulk_create(
            [
                DuplicateDecision(
                    organisation=row.organisation, first=row.first, second=row.second,
                    verdict="same",
                )
            ]
        )  # fmt: skip


def test_a_decision_is_on_two_cases():
    one = IndividualFactory()

    with pytest.raises(ValidationError, match="not compared with itself"):
        decide(one, one)


def test_a_decision_on_a_case_that_has_changed_is_a_conflict():
    one, other = IndividualFactory(), IndividualFactory()

    with pytest.raises(Conflict):
        decide(one, other, version=7)


def test_a_decision_is_seen_where_both_people_are(actor_of):
    row = DuplicateDecisionFactory(second=IndividualFactory(restricted=True))

    for flags, is_seen in (({}, False), ({"is_cleared_for_restricted": True}, True)):
        with acting_as(actor_of(Role.CASEWORKER, **flags)):
            assert DuplicateDecision.objects.filter(pk=row.pk).exists() is is_seen


def test_likely_pairs_follow_the_names(organisation):
    one, other = named("Татьяна Хинштейн"), named("Tatjana Chinstein")
    named("Tatjana Chinstein", organisation=OrganisationFactory(other=True))
    named("Tatjana Chinstein", return_status="duplicate")

    first = find(one, other, organisation=organisation)
    again = find(one, organisation=organisation)

    assert (first.people, first.pairs, again.pairs) == (2, 2, 1)
    [pair] = LikelyPair.objects.all()
    assert (pair.first_id, pair.second_id) == in_order(one.pk, other.pk)
    [name] = other.names.all()
    individuals.amend_name(name, by=BY, version=None, text="Пётр Сидоров")
    find(other, organisation=organisation)
    assert not LikelyPair.objects.exists()


def test_a_pair_known_to_be_two_is_not_found_again(organisation):
    one, other = named("Татьяна Хинштейн"), named("Tatjana Chinstein")
    decide(one, other)

    find(one, other, organisation=organisation)

    assert not LikelyPair.objects.exists()


def test_a_restricted_case_is_found_for_those_who_may_see_it(organisation, actor_of):
    one, other = named("Татьяна Хинштейн"), named("Tatjana Chinstein", restricted=True)

    find(one, organisation=organisation)

    assert LikelyPair.objects.count() == 1
    with acting_as(actor_of(Role.CASEWORKER)):
        assert not LikelyPair.objects.exists()
    assert {other.pk, one.pk} == set(Individual.objects.values_list("pk", flat=True))


def test_a_pair_is_nobodys_to_write(organisation, actor_of):
    """PostgreSQL refuses it as well: see tests/access/postgres."""
    row = LikelyPairFactory()

    assert not type(row).SCOPE.kept(actor_of(Role.SUPERVISOR)).children[0][1]
