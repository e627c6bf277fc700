"""Organisations, users, passwords, and the trail."""

from datetime import timedelta

import pytest
from django.db.transaction import TransactionManagementError
from knox.models import AuthToken

from cases import clock
from cases.access.gate import Actor, System, acting_as, current_actor
from cases.actions import audit, organisations, tokens
from cases.actions.recording import NotYours
from cases.models import AuditEntry, AuditHead, Organisation, User
from cases.rules import audit as chain
from cases.vocabulary.organisations import Role
from tests.factories import UserFactory
from tests.refusals import sentence_of

STRONG = "a long and winding sentence"


@pytest.fixture
def administrator(as_actor):
    with as_actor(Role.ADMINISTRATOR) as actor:
        yield actor


@pytest.mark.django_db
def test_an_administrator_enrols_organisations_and_changes_the_own_one(administrator, organisation):
    other = organisations.enrol(by=administrator, key="new", name="New")

    organisations.amend(organisation, by=administrator, version=1, name="Renamed")
    with pytest.raises(NotYours):
        organisations.amend(other, by=administrator, version=1, name="Renamed")
    assert Organisation.objects.get(key="new").name == "New"


@pytest.mark.django_db
def test_a_user_is_added_and_signs_in(administrator):
    user = organisations.add_user(
        by=administrator, email="new@example.org", role=Role.CASEWORKER, password=STRONG
    )
    partner = organisations.add_user(
        by=administrator, email="box@example.org", role=Role.PARTNER, password=None
    )

    assert user.check_password(STRONG)
    assert not partner.has_usable_password()
    assert user.organisation_id == administrator.organisation_id


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["taken@example.org", "Taken@example.org"])
def test_an_address_is_taken_whoever_has_it(administrator, email, other_organisation):
    with acting_as(System("tests")):
        UserFactory(email="taken@example.org", organisation=other_organisation)

    said = sentence_of(
        organisations.add_user, by=administrator, email=email, role="manager", password=STRONG
    )

    assert "exists already" in said or "already exists" in said
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_weak_password_is_refused(administrator):
    said = sentence_of(
        organisations.add_user,
        by=administrator,
        email="x@example.org",
        role="manager",
        password="x",
    )
    assert "too short" in said


@pytest.mark.django_db
def test_nobody_changes_the_own_role(user_of):
    user = user_of(Role.ADMINISTRATOR)

    with acting_as(Actor.of(user)) as by:
        assert "Nobody changes the own role" in sentence_of(
            organisations.amend_user, user, by=by, version=1, role=Role.SUPERVISOR
        )
        organisations.amend_user(user, by=by, version=1, name="Anna")


@pytest.mark.django_db
def test_a_password_is_set_by_its_owner_or_an_administrator(administrator, user_of):
    user = user_of()
    organisations.set_password(user, by=administrator, password=STRONG)
    with acting_as(Actor.of(user)) as by:
        organisations.set_password(user, by=by, password=f"{STRONG} indeed")

    assert user.check_password(f"{STRONG} indeed")


@pytest.mark.django_db
def test_the_chain_holds_and_its_head_is_the_last_link(organisation):
    with audit.system("trying the chain") as by:
        for number in range(3):
            audit.note(by=by, act=f"act {number}", model="x", organisation_id=organisation.pk)

    previous = chain.START
    for entry in AuditEntry.objects.filter(organisation_id=organisation.pk).order_by("number"):
        assert entry.previous_hash == previous
        assert entry.hash == chain.link(previous, entry.fingerprint())
        previous = entry.hash
    head = AuditHead.objects.get(organisation_id=organisation.pk)
    assert (head.number, head.hash) == (3, previous)


@pytest.mark.django_db
def test_acting_as_the_system_is_on_record():
    with audit.system("cleaning up") as by:
        assert current_actor() is by

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.reason) == ("system: cleaning up", "cleaning up")
    assert str(entry) == "acted as the system system 1"


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_not_written_without_its_act():
    with pytest.raises(TransactionManagementError):
        audit.note(by=System("tests"), act="nothing", model="x")
    assert not AuditEntry.objects.exists()


def test_a_token_lives_as_long_as_the_settings_say(user_of, settings):
    settings.REST_KNOX = {**settings.REST_KNOX, "TOKEN_TTL": timedelta(days=7)}
    user = user_of()

    tokens.issue(by=System("tests"), user=user)

    left = AuthToken.objects.get(user=user).expiry - clock.now()
    assert timedelta(days=6) < left <= timedelta(days=7)


def test_the_language_one_has_is_chosen_again_without_a_write(user_of):
    user = user_of(Role.CASEWORKER)
    with acting_as(Actor.of(user)) as actor:
        organisations.choose_language(user, by=actor, language="uk")
        before = User.objects.get(pk=user.pk).version
        organisations.choose_language(user, by=actor, language="uk")

    assert User.objects.get(pk=user.pk).version == before
