"""The case page's consents, referrals and retention, and the pages behind them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import clock
from cases.models import Individual
from cases.vocabulary.organisations import Role
from tests.admin.samples import url
from tests.factories import (
    AnonymisationFactory,
    ConsentFactory,
    ExclusionFactory,
    GrantFactory,
    IndividualFactory,
    LegalHoldFactory,
    OrganisationFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return OrganisationFactory(other=True, name="Second organisation")


@pytest.fixture
def person(organisation, theirs):
    person = IndividualFactory()
    ConsentFactory(individual=person, recipient=theirs)
    ExclusionFactory(individual=person)
    LegalHoldFactory(individual=person)
    ReferralFactory(individual=person, recipient=theirs)
    return person


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_case_page_shows_what_may_be_done_with_the_case(client_of, person):
    page = text_of(client_of(Role.SUPERVISOR), url(Individual, "page", person.pk))

    for words in (
        "Share with an organisation", "notice 2, ru", "Excluded", "Must not learn of them",
        "Referral to Second organisation", "Legal hold", "Propose to anonymise this record",
        "Who has learned of this person", "Record consent",
    ):  # fmt: skip
        assert words in page, words


def test_who_reads_less_is_shown_less(client_of, person):
    page = text_of(client_of(Role.AUDITOR), url(Individual, "page", person.pk))

    assert "Share with an organisation" not in page
    assert "Excluded" not in page
    assert "Who has learned of this person" not in page


def test_the_other_side_is_shown_nothing_of_it(client_of, person, theirs):
    GrantFactory(individual=person, recipient=theirs)

    page = text_of(
        client_of(Role.SUPERVISOR, organisation=theirs), url(Individual, "page", person.pk)
    )

    assert "Must not learn of them" not in page
    assert "notice 2, ru" not in page


def test_the_states_of_what_is_over(client_of, person):
    for fields in ({"withdrawn": True}, {"expires_on": clock.today() - timedelta(days=1)}):
        ConsentFactory(individual=person, **fields)
    AnonymisationFactory(individual=person)

    page = text_of(client_of(Role.SUPERVISOR), url(Individual, "page", person.pk))

    for words in ("Withdrawn", "Ended", "Proposed to be anonymised"):
        assert words in page, words
    Individual.objects.filter(pk=person.pk).update(anonymised_at=clock.now())
    page = text_of(client_of(Role.SUPERVISOR), url(Individual, "page", person.pk))
    assert "for good." in page
    assert "Record consent" not in page


def test_disclosures_are_for_the_keepers_cleared_staff(client_of, person, theirs):
    GrantFactory(individual=person, recipient=theirs)
    page = reverse("admin:disclosures", args=[person.pk])

    told = text_of(client_of(Role.CASEWORKER), page)
    assert "Second organisation" in told
    assert "opened" in told
    assert client_of(Role.MANAGER).get(page).status_code == 403
    other = client_of(Role.CASEWORKER, organisation=theirs)
    assert other.get(page).status_code == 404
    empty = reverse("admin:disclosures", args=[IndividualFactory().pk])
    assert "Nobody outside your organisation" in text_of(client_of(Role.CASEWORKER), empty)


def test_the_page_of_what_is_due(client_of, organisation):
    due, held, proposed = (IndividualFactory(home=True) for _ in range(3))
    LegalHoldFactory(individual=held)
    AnonymisationFactory(individual=proposed)
    Individual.objects.update(updated_at=clock.now() - timedelta(days=800))

    page = text_of(client_of(Role.CASEWORKER), reverse("admin:retention"))

    for words in (str(due), "Propose to anonymise", "Legal hold", "Proposed; decide", "730"):
        assert words in page, words


@pytest.mark.parametrize(("side", "count"), [("in", 1), ("out", 2), ("", 3)])
def test_referrals_are_listed_by_direction(side, count, client_of, theirs, organisation):
    for _ in range(2):
        ReferralFactory(recipient=theirs)
    ReferralFactory(organisation=theirs, recipient=organisation)
    path = reverse("admin:cases_referral_changelist")

    page = text_of(client_of(Role.SUPERVISOR), f"{path}?side={side}" if side else path)

    assert page.count("field-standing") - 0 == count


def test_only_the_side_that_is_asked_is_offered_the_answer(client_of, theirs):
    page = url(type(request := ReferralFactory(recipient=theirs)), "change", request.pk)

    ours = text_of(client_of(Role.SUPERVISOR), page)
    other = text_of(client_of(Role.SUPERVISOR, organisation=theirs), page)

    assert ("/do/withdraw/" in ours, "/do/accept/" in ours) == (True, False)
    assert ("/do/withdraw/" in other, "/do/accept/" in other) == (False, True)
