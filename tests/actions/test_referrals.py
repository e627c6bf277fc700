"""Asked of another organisation: what it sees before it answers, and what passes when it does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases import clock
from cases.access.gate import System, acting_as
from cases.access.sensitivity import Sensitivity
from cases.actions import consents, grants, referrals
from cases.actions.recording import Conflict
from cases.models import Grant, Individual, Referral
from cases.queries.hanging import hanging_on_people
from cases.vocabulary.organisations import Role
from cases.vocabulary.referrals import ReferralKind, ReferralState
from tests.actions.referring import answer, asked
from tests.factories import (
    ExclusionFactory,
    IndividualFactory,
    OrganisationFactory,
    PlaceFactory,
    ReferralFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return OrganisationFactory(other=True)


@pytest.fixture
def person(organisation):
    return IndividualFactory(circumstances="canarycircumstances77", child=True)


@pytest.fixture
def sender(actor_of, organisation):
    return actor_of(Role.SUPERVISOR)


@pytest.fixture
def receiver(actor_of, theirs):
    return actor_of(Role.SUPERVISOR, organisation=theirs)


def test_before_the_answer_the_other_side_reads_the_summary_and_nothing_else(
    sender, receiver, person, theirs
):
    district = PlaceFactory(kind="district")
    person.home_place = PlaceFactory(kind="settlement", parent=district)
    with acting_as(System("tests")):
        person.save()
    request = asked(sender, person, theirs)

    with acting_as(receiver):
        seen = Referral.objects.get(pk=request.pk)
        assert (seen.age_class, seen.sex, seen.area) == ("child", "female", district)
        assert (seen.return_status, seen.case_number) == ("reported", person.case_number)
        assert (seen.kept_since, seen.reason) == (person.recorded_at, "A surgeon is needed.")
        for model in (Individual, *hanging_on_people(), Grant):
            assert not model.objects.exists(), model
        shown = " ".join(str(getattr(seen, f.attname)) for f in seen._meta.concrete_fields)
    assert "canarycircumstances77" not in shown


@pytest.mark.parametrize(("fields", "age_class"), [
    ({"child": False, "age_as_stated": 40, "age_as_of_edtf": "2024"}, "adult"),
    ({"birth_edtf": "1950"}, "adult"),
    ({}, "unknown"),
])  # fmt: skip
def test_the_summary_says_child_or_adult_as_far_as_it_is_known(fields, age_class, sender, theirs):
    request = asked(sender, IndividualFactory(**fields), theirs)

    assert (request.age_class, request.area_id) == (age_class, None)


def test_accepting_a_referral_opens_the_case_as_it_says(sender, receiver, person, theirs):
    request = asked(sender, person, theirs)

    done = answer(referrals.accept, request, receiver, reason="Gladly.")

    grant = Grant.objects.get()
    assert (done.state, done.grant_id, done.answer) == ("accepted", grant.pk, "Gladly.")
    assert (grant.organisation_id, grant.recipient, grant.level) == (
        person.organisation_id, theirs, "protected",
    )  # fmt: skip
    assert (grant.basis, grant.expires_at) == (request.basis, request.grant_ends_at)
    with acting_as(receiver):
        assert Individual.objects.get().circumstances == "canarycircumstances77"
    person.refresh_from_db()
    assert person.organisation_id == sender.organisation_id


@pytest.mark.parametrize(("act", "state"), [
    (referrals.reject, "rejected"), (referrals.withdraw, "withdrawn"),
])  # fmt: skip
def test_a_request_that_is_not_accepted_opens_nothing(act, state, sender, receiver, person, theirs):
    request = asked(sender, person, theirs)
    by = receiver if act is referrals.reject else sender

    done = answer(act, request, by, reason="No bed.")

    assert (done.state, done.answer, done.answered_by_id) == (state, "No bed.", by.user_id)
    assert not Grant.objects.exists()
    with acting_as(receiver):
        assert not Individual.objects.exists()
        assert Referral.objects.get().state == state


def in_state(state, kind, sender, person, theirs):
    request = asked(sender, person, theirs, kind=kind)
    if state == ReferralState.EXPIRED:
        Referral.objects.filter(pk=request.pk).update(answer_by=clock.now())
    elif state != ReferralState.REQUESTED:
        Referral.objects.filter(pk=request.pk).update(state=state, answered_at=clock.now())
    return request


@pytest.mark.parametrize("kind", ReferralKind)
@pytest.mark.parametrize("state", set(ReferralState) - {ReferralState.REQUESTED})
@pytest.mark.parametrize("act", [referrals.accept, referrals.reject, referrals.withdraw])
def test_what_is_over_is_answered_no_more(act, state, kind, sender, receiver, person, theirs):
    request = in_state(state, kind, sender, person, theirs)
    by = sender if act is referrals.withdraw else receiver

    said = sentence_of(answer, act, request, by, reason="Late.")

    assert said == f"This request is {ReferralState(state).label.lower()} already. Make another."
    person.refresh_from_db()
    assert person.organisation_id == sender.organisation_id
    assert not Grant.objects.exists()


@pytest.mark.parametrize("kind", ReferralKind)
@pytest.mark.parametrize("act", [referrals.accept, referrals.reject, referrals.withdraw])
def test_each_side_does_its_own_part_only(act, kind, sender, receiver, person, theirs, actor_of):
    request = asked(sender, person, theirs, kind=kind)
    wrong = receiver if act is referrals.withdraw else sender
    third = actor_of(Role.SUPERVISOR, organisation=OrganisationFactory(key="c", name="C"))
    below = actor_of(Role.CASEWORKER, organisation=theirs)

    for by in (wrong, below):
        with pytest.raises(PermissionDenied):
            answer(act, request, by, reason="Mine.")
    with pytest.raises(Referral.DoesNotExist):
        answer(act, request, third, reason="Mine.")
    with acting_as(third), pytest.raises(PermissionDenied):  # who has got hold of the row
        act(request, by=third, version=1, reason="Mine.")


@pytest.mark.parametrize("kind", ReferralKind)
def test_it_is_accepted_once(kind, sender, receiver, person, theirs):
    request = asked(sender, person, theirs, kind=kind)
    with acting_as(receiver):
        seen, again = (Referral.objects.get(pk=request.pk) for _ in range(2))
        referrals.accept(seen, by=receiver, version=1)
        with pytest.raises(Conflict):
            referrals.accept(again, by=receiver, version=1)
        assert "already" in sentence_of(referrals.accept, again, by=receiver, version=None)


def test_whoever_is_restricted_is_asked_about_to_the_cleared_only(sender, person, theirs, actor_of):
    request = ReferralFactory(individual__restricted=True, recipient=theirs)
    plain = actor_of(Role.SUPERVISOR, organisation=theirs)
    cleared = actor_of(Role.SUPERVISOR, organisation=theirs, is_cleared_for_restricted=True)

    with acting_as(plain):
        assert not Referral.objects.filter(pk=request.pk).exists()
    with acting_as(cleared):
        assert Referral.objects.filter(pk=request.pk).exists()


STALE = "The other side may no longer share this case so. Let it ask again."


def becomes_excluded(request):
    Individual.objects.filter(pk=request.individual_id).update(
        do_not_share_with=request.recipient.name
    )


def loses_its_basis(request):
    type(request.basis).objects.update(expires_on=clock.today() - timedelta(days=1))


@pytest.mark.parametrize("kind", ReferralKind)
@pytest.mark.parametrize("change", [becomes_excluded, loses_its_basis])
def test_what_it_rests_on_is_asked_again_and_why_not_is_not_told(
    change, kind, sender, receiver, person, theirs
):
    request = asked(sender, person, theirs, kind=kind)
    change(request)

    assert sentence_of(answer, referrals.accept, request, receiver) == STALE
    request.refresh_from_db()
    assert request.state == "requested"


def test_nothing_is_asked_without_a_basis_or_of_whoever_must_not_learn(sender, person, theirs):
    with pytest.raises(PermissionDenied), acting_as(sender):
        referrals.request(
            by=sender, individual=IndividualFactory(organisation=theirs), recipient=theirs,
            kind="transfer", purpose="medical",
        )  # fmt: skip
    ExclusionFactory(individual=person, excluded=theirs)
    assert "must not learn" in sentence_of(asked, sender, person, theirs)
    person.exclusions.update(lifted_at=clock.now())
    person.consents.update(withdrawn_at=clock.now(), withdrawn_by="person")
    assert "Nothing on record" in sentence_of(
        referrals.request, by=sender, individual=person, recipient=theirs, kind="transfer",
        purpose="medical", answer_by=clock.now() + timedelta(days=7), reason="Near you.",
    )  # fmt: skip


def test_unanswered_requests_are_closed_by_the_daily_command(sender, person, theirs):
    late, waiting = asked(sender, person, theirs), asked(sender, person, theirs)
    Referral.objects.filter(pk=late.pk).update(answer_by=clock.now())

    assert referrals.expire(by=System("tests")) == 1

    late.refresh_from_db()
    waiting.refresh_from_db()
    assert (late.state, waiting.state) == ("expired", "requested")
    assert late.answered_at == late.answer_by


def test_nobody_opens_a_referral_of_more_than_they_read_or_of_nobody(sender, person):
    gone = OrganisationFactory(other=True, is_active=False)

    assert "switched off" in sentence_of(asked, sender, person, gone)
    grants.check_recipient(OrganisationFactory(key="z", name="Z"), "", most=Sensitivity.OPEN)


def test_withdrawn_consent_takes_back_the_request(sender, receiver, person, theirs):
    request = asked(sender, person, theirs)
    with acting_as(sender):
        basis: Any = request.basis
        consents.withdraw(basis, by=sender, version=1, withdrawn_by="person")

    said = sentence_of(answer, referrals.accept, request, receiver)

    assert said == "This request is withdrawn already. Make another."
