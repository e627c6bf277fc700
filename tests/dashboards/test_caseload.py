"""The caseload page: what may be counted aloud, for whom, and since when."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from cases import clock
from cases.actions import caseload as publishing
from cases.models import AuditEntry, CaseloadRelease
from cases.queries import caseload_counts
from cases.vocabulary.caseload import Subject
from cases.vocabulary.organisations import Role
from tests.factories import (
    AssistanceFactory,
    IndividualFactory,
    OrganisationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/caseload/"


def words(response: Any) -> str:
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def oblast():
    return PlaceFactory(oblast=True, name="Kursk Oblast")


def people(number: int, **fields: Any) -> None:
    IndividualFactory.create_batch(number, **fields)


def publish() -> None:
    call_command("publish_caseload", verbosity=0)


def test_before_the_first_count_it_says_so(manager):
    assert "Nothing has been published yet." in words(manager.get(PAGE))


def test_of_two_people_nothing_is_told(manager):
    people(2)
    publish()
    page = words(manager.get(PAGE))
    assert "nothing below 3 is shown" in page
    assert "By status" not in page


def test_people_by_status_home_age_and_sex(manager, oblast):
    village = PlaceFactory(parent=oblast)
    people(4, home_place=village, held=True, birth_edtf="2020")
    people(3, home_place=None, returned=True, sex="male", age_as_stated=70, age_as_of_edtf="2020")
    publish()
    page = words(manager.get(PAGE))
    assert "7 Everybody" in page
    assert "4 Still outstanding" in page
    assert "Located, held 4" in page
    assert "Kursk Oblast 4" in page
    assert "Returned to country 3" in page
    assert "60 and over 0 3 0 0 3" in page
    narrowed = words(manager.get(f"{PAGE}?phase=back"))
    assert "Kursk Oblast 0" in narrowed
    assert "Located, held" not in narrowed


def test_a_small_number_takes_another_with_it(manager):
    people(9, held=True)
    people(5)
    people(1, listed=True)
    publish()
    page = words(manager.get(PAGE))
    assert "15 Still outstanding" in page
    assert "Listed for return withheld" in page
    assert page.count(" withheld ") >= 2


def test_restricted_cases_duplicates_and_strangers_are_not_counted(manager):
    people(4)
    people(3, restricted=True)
    people(3, return_status="duplicate")
    people(3, organisation=OrganisationFactory(other=True))
    publish()
    assert "4 Everybody" in words(manager.get(PAGE))


def test_across_organisations_the_threshold_is_higher_and_holds_against_each(manager):
    people(30)
    other = OrganisationFactory(other=True)
    people(4, organisation=other)
    publish()
    assert "nothing below 10 is shown" in words(manager.get(f"{PAGE}?scope=all"))
    people(10, organisation=other)
    publish()
    page = words(manager.get(f"{PAGE}?scope=all"))
    assert "44 Everybody" in page
    assert "Who works on how many cases" not in page


@pytest.mark.parametrize("scope", ["own", "all"])
def test_tomorrow_with_one_person_more_the_page_is_the_same(manager, oblast, scope):
    people(20, home_place=oblast)
    publish()
    before = manager.get(f"{PAGE}?scope={scope}&phase=outstanding")
    IndividualFactory(sex="male", home_place=oblast)
    with clock.fixed(clock.now() + timedelta(days=1)):
        publish()
    after = manager.get(f"{PAGE}?scope={scope}&phase=outstanding")
    first, second = (words(page).split("Who works on")[0] for page in (before, after))
    assert first == second


def test_enough_people_more_are_shown(manager):
    people(20)
    publish()
    people(3, sex="male")
    publish()
    assert "23 Everybody" in words(manager.get(PAGE))
    assert CaseloadRelease.objects.filter(subject="people", organisation__isnull=True).count() == 1


def test_help_promised_and_given(manager):
    AssistanceFactory.create_batch(5, promised=True)
    AssistanceFactory.create_batch(4, stage="delivered", kind="medical")
    publish()
    page = words(manager.get(PAGE))
    assert "Documents 0 5 0 0 0 0 5" in page
    assert "Medical 0 0 0 4 0 0 4" in page


def test_who_works_on_how_many(manager, user_of):
    worker = user_of(Role.CASEWORKER, name="Olena")
    people(4, opened=True, assigned_to=worker)
    people(1, work_status="on_hold", assigned_to=worker)
    people(2, opened=True)
    people(1, work_status="closed", assigned_to=worker)
    publish()
    page = words(manager.get(PAGE))
    assert "Olena 4 1 0 5" in page
    assert "Nobody assigned 2 0 0 2" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CASEWORKER, 200),
        (Role.SUPERVISOR, 200),
        (Role.MANAGER, 200),
        (Role.AUDITOR, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.PARTNER, 403),
    ],
)
def test_who_may_have_it(client_of, role, status):
    assert client_of(role).get(PAGE).status_code == status


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("scope=theirs", "“theirs” is not a value of scope. Choose one of: own, all."),
        ("phase=home", "“home” is not a value of phase."),
        ("phase=%00", "is not a value of phase."),
        ("place=kursk", "“place” is not a parameter of this page."),
        ("phase=back&phase=back", "“phase” is given more than once."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(manager, query, sentence):
    response = manager.get(f"{PAGE}?{query}")
    assert response.status_code == 400
    assert sentence in words(response)


def test_its_cost_does_not_grow_with_the_people(manager, django_assert_max_num_queries):
    people(40)
    publish()
    manager.get(PAGE)
    with django_assert_max_num_queries(14):
        manager.get(PAGE)


def test_the_publication_is_in_the_trail_and_tells_nobody(manager):
    people(3)
    publish()
    entries = AuditEntry.objects.filter(act="published counts")
    assert {entry.model for entry in entries} == {"caseloadrelease"}


@pytest.mark.parametrize(
    ("fields", "band"),
    [
        ({"birth_edtf": "2021-11-25"}, "0-4"),
        ({"birth_edtf": "2021-11-24"}, "5-11"),
        ({"birth_edtf": "2021"}, "unknown"),
        ({"birth_edtf": "1980"}, "18-59"),
        ({"birth_edtf": "1966-11"}, "unknown"),
        ({"birth_edtf": "1930"}, "60"),
        ({"age_as_stated": 16, "age_as_of_edtf": "2025"}, "12-17"),
        ({"age_as_stated": 17, "age_as_of_edtf": "2025"}, "18-59"),
        ({}, "unknown"),
    ],
)
def test_age_groups(fields, band):
    """On 24 November 2026; a year of birth that may be of two groups is of none."""
    person = IndividualFactory(**fields)
    day = clock.now().date().replace(year=2026, month=11, day=24)
    counts = caseload_counts.people(day)[str(person.organisation_id)]
    assert counts["person"] == {"outstanding": {f"{band} female": 1}}


def test_nobody_publishes_by_hand(actor_of):
    with pytest.raises(PermissionDenied, match="You may not publish"):
        publishing.publish(
            by=actor_of(Role.MANAGER), organisation_id=None, subject=Subject.PEOPLE, counts={}
        )
