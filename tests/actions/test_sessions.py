"""Sessions end by their owner, by administrators, and with the rights they stand for."""

import pytest
from django.core.exceptions import PermissionDenied

from cases.access.gate import Actor, System, acting_as
from cases.actions import organisations, sessions
from cases.models import AuditEntry, Session
from cases.vocabulary.organisations import Role
from tests.factories import (
    OrganisationFactory,
    SessionFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(user_of):
    return user_of()


def test_one_ends_ones_own_sessions(user):
    mine, other = SessionFactory(user=user), SessionFactory(user=user)
    strangers = SessionFactory()
    by = Actor.of(user)

    sessions.end(user, by=by, session_id=mine.pk)
    assert "ended already" in sentence_of(sessions.end, user, by=by, session_id=mine.pk)
    assert "ended already" in sentence_of(sessions.end, user, by=by, session_id=strangers.pk)
    assert set(Session.objects.values_list("pk", flat=True)) == {other.pk, strangers.pk}


def test_administrators_end_those_of_their_users(user, user_of, other_organisation):
    kept, ended = SessionFactory(user=user), SessionFactory(user=user)
    stranger = Actor.of(user_of(Role.ADMINISTRATOR, organisation=other_organisation))
    with pytest.raises(PermissionDenied):
        sessions.end_all(user, by=stranger)
    with pytest.raises(PermissionDenied):
        sessions.end(user, by=Actor.of(user_of()), session_id=kept.pk)

    by = Actor.of(user_of(Role.ADMINISTRATOR))
    with acting_as(by):
        sessions.end_all(user, by=by, spare=kept.pk)

    assert not Session.objects.filter(pk=ended.pk).exists()
    assert Session.objects.filter(pk=kept.pk).exists()
    assert AuditEntry.objects.filter(act="ended all sessions").exists()


@pytest.mark.parametrize(
    ("changes", "are_ended"),
    [
        ({"name": "Another name"}, False),
        ({"role": Role.CASEWORKER}, False),
        ({"role": Role.SUPERVISOR}, True),
        ({"is_active": False}, True),
        ({"is_movement_cell": True}, True),
        ({"is_cleared_for_restricted": True}, True),
        ({"email": "new@example.org"}, True),
    ],
)
def test_a_change_of_powers_ends_sessions(user, changes, are_ended):
    SessionFactory(user=user)

    organisations.amend_user(user, by=System("tests"), version=1, **changes)

    assert Session.objects.exists() is not are_ended


def test_an_organisation_switched_off_ends_all_its_sessions(user, organisation):
    SessionFactory(user=user)
    elsewhere = SessionFactory(user__organisation=OrganisationFactory(other=True))
    organisations.amend(organisation, by=System("tests"), version=1, name="Still on")
    assert Session.objects.filter(user=user).exists()

    organisations.amend(organisation, by=System("tests"), version=2, is_active=False)

    assert [row.pk for row in Session.objects.all()] == [elsewhere.pk]


def test_a_new_password_ends_sessions(user):
    SessionFactory(user=user)

    organisations.set_password(user, by=System("tests"), password="quite another sentence")

    assert not Session.objects.exists()
