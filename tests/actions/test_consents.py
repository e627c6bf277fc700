"""Nothing is shared without a basis; what is withdrawn ends what rests on it; nobody kept out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases import clock
from cases.access.gate import acting_as
from cases.actions import consents, grants, reads
from cases.actions.recording import Conflict
from cases.models import AuditEntry, Consent, Grant, Individual, Referral
from cases.queries.consents import disclosures
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.organisations import Role
from tests.factories import (
    BodyFactory,
    ConsentFactory,
    ExclusionFactory,
    GrantFactory,
    IndividualFactory,
    OrganisationFactory,
    ReferralFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
NO_BASIS = (
    "Nothing on record allows sharing this case with Second organisation for this use. "
    "Record the consent, or another legal basis, first."
)


@pytest.fixture
def theirs():
    return OrganisationFactory(other=True, name="Second organisation")


@pytest.fixture
def supervisor(as_actor, organisation):
    with as_actor(Role.SUPERVISOR) as actor:
        yield actor


@pytest.fixture
def person(organisation):
    return IndividualFactory()


def share(by, person, recipient, **fields):
    given = {
        "level": "identifying",
        "purpose": "tracing",
        "legal_basis": "consent",
        "expires_at": clock.now() + timedelta(days=30),
        **fields,
    }
    return grants.give(by=by, individual=person, recipient=recipient, **given)


COVERED = [
    pytest.param({}, True, id="to everybody for everything"),
    pytest.param({"recipient": "theirs"}, True, id="to them"),
    pytest.param({"shared_for": "tracing"}, True, id="for this"),
    pytest.param({"expires_on": clock.today() + timedelta(days=60)}, True, id="long enough"),
    pytest.param({"shared_for": "medical"}, False, id="for something else"),
    pytest.param({"recipient": "third"}, False, id="to somebody else"),
    pytest.param({"body": "body"}, False, id="to a body"),
    pytest.param({"purpose": ProcessingPurpose.REGISTER}, False, id="to keep the case"),
    pytest.param({"purpose": ProcessingPurpose.SHARE_WITH_AUTHORITIES}, False, id="authorities"),
    pytest.param({"vital": True}, False, id="another basis than was said"),
    pytest.param({"withdrawn": True}, False, id="withdrawn"),
    pytest.param({"expires_on": clock.today() - timedelta(days=1)}, False, id="ended"),
]


@pytest.mark.parametrize(("fields", "is_covered"), COVERED)
@pytest.mark.parametrize("is_named", [True, False])
def test_a_grant_rests_on_a_live_basis_that_covers_it(
    fields, is_covered, is_named, supervisor, person, theirs
):
    stand_ins = {
        "theirs": lambda: theirs,
        "third": lambda: OrganisationFactory(key="third", name="Third"),
        "body": BodyFactory,
    }
    basis = ConsentFactory(
        individual=person,
        **{
            name: stand_ins[value]() if value in list(stand_ins) else value
            for name, value in fields.items()
        },
    )
    named = {"basis": basis} if is_named else {}

    if is_covered:
        assert share(supervisor, person, theirs, **named).basis == basis
    else:
        assert sentence_of(share, supervisor, person, theirs, **named) == NO_BASIS
        assert not Grant.objects.exists()


def test_anothers_consent_is_none(supervisor, person, theirs):
    ConsentFactory(individual=IndividualFactory())

    assert sentence_of(share, supervisor, person, theirs) == NO_BASIS


def test_a_grant_ends_no_later_than_what_it_rests_on(supervisor, person, theirs):
    last = clock.today() + timedelta(days=10)
    ConsentFactory(individual=person, expires_on=last)

    said = sentence_of(share, supervisor, person, theirs)

    assert said == f"What it rests on ends on {last:%-d %B %Y}. Choose an earlier end."


def test_of_several_bases_the_one_that_holds_longest_counts(supervisor, person, theirs):
    ConsentFactory(individual=person, expires_on=clock.today() + timedelta(days=10))
    best = ConsentFactory(individual=person)
    ConsentFactory(individual=person, expires_on=clock.today() + timedelta(days=20))

    assert share(supervisor, person, theirs).basis == best


def test_withdrawing_revokes_what_rests_on_it_in_the_same_transaction(
    actor_of, supervisor, person, theirs
):
    basis, other = ConsentFactory(individual=person), ConsentFactory(individual=person)
    resting = share(supervisor, person, theirs, basis=basis)
    standing = share(supervisor, person, theirs, basis=other)
    by = actor_of(Role.CASEWORKER)  # who may not share, may record that somebody withdraws
    reader = actor_of(Role.CASEWORKER, organisation=theirs)
    with acting_as(by):
        seen = Consent.objects.get(pk=basis.pk)
        consents.withdraw(seen, by=by, version=1, withdrawn_by="person", reason="canaryreason41")

    resting.refresh_from_db()
    standing.refresh_from_db()
    assert (resting.is_live, resting.revoked_by_id, standing.is_live) == (False, by.user_id, True)
    with acting_as(reader):
        assert Individual.objects.filter(pk=person.pk).exists()  # by the other grant
    assert not AuditEntry.objects.filter(reason__contains="canaryreason41").exists()


def test_an_older_grant_ends_with_the_basis_that_covered_it(supervisor, person, theirs):
    """Grants of before named no basis; one that another live basis still covers stands."""
    basis, other = ConsentFactory(individual=person), ConsentFactory(individual=person)
    old = GrantFactory(individual=person, recipient=theirs, basis=None)
    vital = GrantFactory(
        individual=person, recipient=theirs, basis=None, legal_basis="vital_interest"
    )

    consents.withdraw(basis, by=supervisor, version=1, withdrawn_by="person")
    old.refresh_from_db()
    assert old.is_live
    consents.withdraw(other, by=supervisor, version=1, withdrawn_by="person")
    old.refresh_from_db()
    vital.refresh_from_db()
    assert (old.is_live, vital.is_live) == (False, True)


def test_withdrawing_takes_back_open_requests(supervisor, person, theirs):
    request = ReferralFactory(individual=person, recipient=theirs)

    consents.withdraw(request.basis, by=supervisor, version=1, withdrawn_by="guardian")

    request.refresh_from_db()
    assert (request.state, request.answered_by_id) == ("withdrawn", supervisor.user_id)


def test_a_consent_is_withdrawn_once(supervisor, person):
    basis = ConsentFactory(individual=person)
    consents.withdraw(basis, by=supervisor, version=1, withdrawn_by="person")

    given = {"by": supervisor, "version": 2, "withdrawn_by": "person"}
    assert sentence_of(consents.withdraw, basis, **given) == "This is withdrawn already."
    with pytest.raises(Conflict):
        consents.withdraw(basis, **{**given, "version": 1})


def test_a_withdrawal_that_fails_revokes_nothing(supervisor, person, theirs, monkeypatch):
    basis = ConsentFactory(individual=person)
    grant = share(supervisor, person, theirs, basis=basis)

    said = sentence_of(consents.withdraw, basis, by=supervisor, version=1, withdrawn_by="?")

    grant.refresh_from_db()
    assert grant.is_live
    assert said


def excluded_by_row(person, theirs):
    ExclusionFactory(individual=person, excluded=theirs)


def excluded_by_text(person, theirs):
    Individual.objects.filter(pk=person.pk).update(
        do_not_share_with="Not with the SECOND organisation."
    )


@pytest.mark.parametrize("exclude", [excluded_by_row, excluded_by_text])
def test_nothing_is_shared_with_whoever_must_not_learn(exclude, supervisor, person, theirs):
    ConsentFactory(individual=person)
    exclude(person, theirs)
    person.refresh_from_db()
    refused = "They must not learn of this person: see whom the case is kept from."

    assert sentence_of(share, supervisor, person, theirs) == refused
    given = {"by": supervisor, "individual": person, "legal_basis": "consent", "given_edtf": "2024"}
    said = sentence_of(consents.record, purpose="share_organisation", recipient=theirs, **given)
    assert said == refused


def test_a_body_is_kept_out_of_consents(supervisor, person):
    body = BodyFactory()
    ExclusionFactory(individual=person, excluded=None, body=body)

    said = sentence_of(
        consents.record, by=supervisor, individual=person, purpose="share_authorities", body=body,
        legal_basis="legal_obligation", given_by="nobody",
    )  # fmt: skip

    assert "must not learn" in said


def test_keeping_somebody_out_closes_what_is_open(supervisor, person, theirs):
    basis = ConsentFactory(individual=person)
    third = OrganisationFactory(key="third", name="Third")
    mine, other = (share(supervisor, person, to, basis=basis) for to in (theirs, third))
    request = ReferralFactory(individual=person, recipient=theirs)

    kept_out = consents.exclude(by=supervisor, individual=person, excluded=theirs)

    for row in (mine, other, request):
        row.refresh_from_db()
    assert (mine.is_live, other.is_live, request.state) == (False, True, "withdrawn")
    assert "learn" not in request.answer  # they read it
    consents.lift(kept_out, by=supervisor, version=1, reason="No longer.")
    assert share(supervisor, person, theirs, basis=basis).is_live
    said = sentence_of(consents.lift, kept_out, by=supervisor, version=2, reason="Again.")
    assert said == "This is lifted already."


def test_a_body_may_be_kept_out_too(supervisor, person):
    consents.exclude(by=supervisor, individual=person, body=BodyFactory())

    assert person.exclusions.get().is_live


def test_past_disclosures_are_listed_for_the_keepers_cleared_staff(
    actor_of, supervisor, person, theirs
):
    grant = GrantFactory(individual=person, recipient=theirs, level="protected")
    reader = actor_of(Role.CASEWORKER, organisation=theirs)
    colleague = actor_of(Role.CASEWORKER)
    for by in (reader, colleague):
        with acting_as(by):
            reads.note(Individual.objects.get(pk=person.pk), by=by)

    listed = disclosures(person)

    assert [(one.act, one.to) for one in listed] == [
        ("read", str(theirs)),
        ("opened", "Second organisation"),
    ]
    assert listed[0].by == reader.user_id
    assert listed[1].until == grant.expires_at
    for by in (reader, actor_of(Role.MANAGER), actor_of(Role.PARTNER)):
        with acting_as(by):
            assert disclosures(person) == ()


@pytest.mark.parametrize("act", [consents.record, consents.exclude])
def test_only_the_keeper_records(act, actor_of, person, theirs):
    by = actor_of(Role.SUPERVISOR, organisation=theirs)

    with pytest.raises(PermissionDenied):
        act(by=by, individual=person)


def test_requests_are_told_of(supervisor, person, theirs):
    ReferralFactory(individual=person, recipient=theirs)

    assert [one.act for one in disclosures(person)] == ["told"]
    assert Referral.objects.count() == 1
