"""Consents, referrals and retention over the API: the acts, and what each side is shown."""

from datetime import timedelta

import pytest

from cases import clock
from cases.vocabulary.organisations import Role
from tests.api.collections import address
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
    return OrganisationFactory(other=True)


def moment(days):
    return (clock.now() + timedelta(days=days)).isoformat()


def test_a_grant_takes_the_basis_that_covers_it_or_is_refused(api_of, theirs):
    person, client = IndividualFactory(), api_of(Role.SUPERVISOR)
    body = {
        "individual": str(person.pk), "recipient": str(theirs.pk), "level": "identifying",
        "purpose": "tracing", "legal_basis": "consent", "expires_at": moment(30),
    }  # fmt: skip

    refused = client.post(address("grants"), body)
    basis = ConsentFactory(individual=person)
    given = client.post(address("grants"), body)

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "no_basis")
    assert (given.status_code, given.json()["basis"]) == (201, str(basis.pk))


def test_withdrawing_ends_the_grant_and_the_disclosures_say_what_was_open(api_of, theirs):
    grant = GrantFactory(recipient=theirs)
    reader, keeper = api_of(Role.CASEWORKER, organisation=theirs), api_of(Role.CASEWORKER)
    case = address("individuals", grant.individual_id)
    assert reader.get(case).status_code == 200

    done = keeper.post(address("consents", grant.basis_id, "withdraw"), {"withdrawn_by": "person"})

    assert (done.status_code, done.json()["withdrawn_by"]) == (200, "person")
    assert reader.get(case).status_code == 404
    told = keeper.get(address("individuals", grant.individual_id, "disclosures")).json()["results"]
    assert [(one["act"], one["to"]) for one in told] == [("opened", str(theirs))]
    assert told[0]["until"] < moment(0)


def test_a_transfer_from_request_to_acceptance(api_of, theirs):
    person = IndividualFactory()
    ConsentFactory(individual=person)
    sender, receiver = api_of(Role.SUPERVISOR), api_of(Role.SUPERVISOR, organisation=theirs)
    body = {
        "individual": str(person.pk), "recipient": str(theirs.pk), "kind": "transfer",
        "purpose": "return", "answer_by": moment(7), "reason": "They live in your district.",
    }  # fmt: skip
    made = sender.post(address("referrals"), body)
    assert made.status_code == 201, made.json()
    key, case = made.json()["id"], address("individuals", person.pk)

    before = receiver.get(address("referrals", key)).json()
    assert (before["individual"], before["basis"], before["state"]) == (None, None, "requested")
    assert before["reason"] == body["reason"]
    assert [c.get(case).status_code for c in (sender, receiver)] == [200, 404]

    done = receiver.post(address("referrals", key, "accept"), {}, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json()["state_now"]) == (200, "accepted")
    assert done.json()["individual"] == str(person.pk)
    assert [c.get(case).status_code for c in (sender, receiver)] == [404, 200]
    after = sender.get(address("referrals", key)).json()
    assert (after["individual"], after["case_number"]) == (None, person.case_number)


def test_a_request_is_rejected_or_withdrawn_with_a_reason(api_of, theirs):
    sender, receiver = api_of(Role.SUPERVISOR), api_of(Role.SUPERVISOR, organisation=theirs)
    for client, act, state in (
        (receiver, "reject", "rejected"),
        (sender, "withdraw", "withdrawn"),
    ):
        path = address("referrals", ReferralFactory(recipient=theirs).pk, act)
        assert client.post(path, {}).status_code == 400
        assert client.post(path, {"reason": "No bed."}).json()["state"] == state


def test_holds_exclusions_and_proposals_are_ended_by_acts(api_of):
    client = api_of(Role.SUPERVISOR)
    held, kept_out = LegalHoldFactory(), ExclusionFactory()
    over = {"reason": "Over."}

    assert client.post(address("legal-holds", held.pk, "lift"), over).json()["lifted_at"]
    assert client.post(address("exclusions", kept_out.pk, "lift"), over).json()["lifted_at"]
    dropped = client.post(address("anonymisations", AnonymisationFactory().pk, "drop"), {})
    assert dropped.json()["state"] == "dropped"
    proposal = AnonymisationFactory()
    path = address("anonymisations", proposal.pk, "carry-out")
    done = client.post(path, {"case_number": proposal.individual.case_number})
    assert (done.status_code, done.json()["state"]) == (200, "carried_out")


def test_what_is_due_is_listed(api_of):
    person = IndividualFactory(home=True)
    type(person).objects.update(updated_at=clock.now() - timedelta(days=800))

    listed = api_of(Role.CASEWORKER).get(address("retention")).json()

    assert [row["id"] for row in listed["rows"]] == [str(person.pk)]
    assert listed["has_more"] is False
