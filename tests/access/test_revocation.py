"""Whatever takes a right away holds for the next request that starts, at every door."""

import pytest
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases.access.gate import System
from cases.actions import factors, organisations, sessions, tokens
from cases.models import Session
from cases.vocabulary.organisations import Role
from tests.signing_in import add_factor, give_password

pytestmark = pytest.mark.django_db
BY = System("tests")
DOORS = {"admin": "/admin/", "dashboard": "/dashboard/", "api": "/api/v1/bodies/"}
SHUT = {302, 401, 403}


def switch_user_off(user):
    organisations.amend_user(user, by=BY, version=None, is_active=False)


def switch_organisation_off(user):
    organisations.amend(user.organisation, by=BY, version=None, is_active=False)


def change_role(user):
    organisations.amend_user(user, by=BY, version=None, role=Role.PARTNER)


def set_password(user):
    organisations.set_password(user, by=BY, password="quite another sentence")


def reset_factor(user):
    add_factor(user)
    factors.reset(user, by=BY)


def end_session(user):
    sessions.end(user, by=BY, session_id=Session.objects.get(user=user).pk)


def end_sessions(user):
    sessions.end_all(user, by=BY)


def revoke_token(user):
    tokens.revoke(AuthToken.objects.get(user=user), by=BY)


ENDS_SESSIONS = (
    switch_user_off,
    switch_organisation_off,
    change_role,
    set_password,
    reset_factor,
    end_session,
    end_sessions,
)
ENDS_TOKENS = (switch_user_off, switch_organisation_off, revoke_token)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("revoke", ENDS_SESSIONS)
def test_a_session_is_refused_at_the_next_request(user_of, role, door, revoke):
    user, browser = user_of(role), Client()
    give_password(browser, user)
    assert browser.get(DOORS[door]).status_code == 200

    revoke(user)

    assert browser.get(DOORS[door]).status_code in SHUT


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PARTNER, Role.MANAGER])
@pytest.mark.parametrize("revoke", ENDS_TOKENS)
def test_a_token_is_refused_at_the_next_request(user_of, role, revoke):
    user, client = user_of(role), APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(by=BY, user=user)}")
    assert client.get(DOORS["api"]).status_code == 200

    revoke(user)

    assert client.get(DOORS["api"]).status_code == 401


def test_a_token_of_another_role_has_its_powers_at_once(user_of):
    user, client = user_of(Role.CASEWORKER), APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(by=BY, user=user)}")
    assert client.get("/api/v1/individuals/").status_code == 200

    organisations.amend_user(user, by=BY, version=None, role=Role.ADMINISTRATOR)

    assert client.get("/api/v1/individuals/").status_code == 403


def test_a_token_opens_no_staff_page(api_of):
    client = api_of(Role.CASEWORKER)

    assert [client.get(DOORS[door]).status_code for door in ("admin", "dashboard")] == [302, 302]


def test_others_keep_their_sessions(user_of):
    user, colleague, browser = user_of(), user_of(), Client()
    give_password(browser, colleague)

    for revoke in (set_password, end_sessions, change_role):
        revoke(user)

    assert browser.get("/admin/").status_code == 200
