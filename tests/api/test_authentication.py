"""Tokens: whose they are, how they end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases import clock
from cases.access.gate import Actor
from cases.actions import tokens
from cases.models import AuditEntry, Organisation, User
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import IndividualFactory, UserFactory

pytestmark = pytest.mark.django_db
PLACES = address("places")


def get(header):
    return APIClient().get(PLACES, headers={"Authorization": header})


@pytest.fixture
def administrator(organisation):
    return Actor.of(UserFactory(role=Role.ADMINISTRATOR))


def test_token_acts_for_its_user(organisation, administrator):
    user = UserFactory(role=Role.PARTNER)
    token = tokens.issue(by=administrator, user=user, expiry_days=1)
    mine = IndividualFactory(recorded_by=user)
    IndividualFactory()

    client = APIClient(headers={"Authorization": f"Bearer {token}"})
    listed = client.get(address("individuals")).json()["results"]

    assert token.startswith("rct_")
    assert [row["id"] for row in listed] == [str(mine.pk)]


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer x",
        "Bearer a b",
        "Bearer rct_" + "f" * 64,
        "Bearer " + "f" * 9000,
        "Bearer \xff\xfe",
        "Basic YTpi",
        "Token x",
        "",
    ],
)
def test_other_credentials_are_refused(header, organisation):
    response = get(header)

    assert_problem(response, 401)
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_token_ends_with_its_time_user_and_organisation(organisation, administrator):
    user = UserFactory(role=Role.PARTNER)
    token = tokens.issue(by=administrator, user=user)
    assert get(f"bearer {token}").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert_problem(get(f"Bearer {token}"), 401)
    User.objects.filter(pk=user.pk).update(is_active=True)
    Organisation.objects.filter(pk=organisation.pk).update(is_active=False)
    assert_problem(get(f"Bearer {token}"), 401)
    Organisation.objects.filter(pk=organisation.pk).update(is_active=True)
    AuthToken.objects.update(expiry=clock.now() - timedelta(seconds=1))
    assert_problem(get(f"Bearer {token}"), 401)


def test_revoked_token_ends_at_once(organisation, administrator):
    token = tokens.issue(by=administrator, user=UserFactory(role=Role.PARTNER))

    tokens.revoke(AuthToken.objects.get(), by=administrator)

    assert_problem(get(f"Bearer {token}"), 401)
    assert list(AuditEntry.objects.order_by("number").values_list("act", flat=True)) == [
        "issued a token",
        "revoked a token",
    ]
    assert token not in str(list(AuditEntry.objects.values()))


def test_only_administrators_issue_and_revoke(organisation, other_organisation, administrator):
    user = UserFactory(role=Role.PARTNER)
    tokens.issue(by=administrator, user=user)
    token = AuthToken.objects.get()
    caseworker = Actor.of(UserFactory())
    stranger = Actor.of(UserFactory(role=Role.ADMINISTRATOR, organisation=other_organisation))

    for by in (caseworker, stranger):
        with pytest.raises(PermissionDenied):
            tokens.issue(by=by, user=user)
        with pytest.raises(PermissionDenied):
            tokens.revoke(token, by=by)
    assert AuthToken.objects.count() == 1


def test_token_is_revoked_by_its_own_administrators_alone(
    organisation, other_organisation, as_actor, administrator
):
    tokens.issue(by=administrator, user=UserFactory(role=Role.PARTNER))
    token = AuthToken.objects.get()

    with (
        as_actor(Role.ADMINISTRATOR, organisation=other_organisation) as stranger,
        pytest.raises(PermissionDenied, match="another organisation"),
    ):
        tokens.revoke(token, by=stranger)


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_token_does_not_live_for_ever(days, organisation, administrator):
    with pytest.raises(ValidationError):
        tokens.issue(by=administrator, user=UserFactory(role=Role.PARTNER), expiry_days=days)


def test_inactive_user_gets_none(organisation, administrator):
    with pytest.raises(ValidationError, match="not active"):
        tokens.issue(by=administrator, user=UserFactory(role=Role.PARTNER, is_active=False))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_no_administrator_acts_under_a_colleagues_name(role, organisation, administrator):
    with pytest.raises(ValidationError, match="Tokens are for partner systems"):
        tokens.issue(by=administrator, user=UserFactory(role=role))
    assert not AuthToken.objects.exists()


def test_command_prints_a_token(organisation, capsys):
    user = UserFactory()

    call_command("issue_token", email=user.email.upper(), days=2)

    assert get(f"Bearer {capsys.readouterr().out.strip()}").status_code == 200


@pytest.mark.parametrize("options", [{"email": "nobody@example.org"}, {"days": 0}])
def test_command_refuses(options, organisation):
    with pytest.raises(CommandError):
        call_command("issue_token", **{"email": UserFactory().email, **options})


def test_session_reads_and_needs_its_csrf_token_to_write(organisation, client_of):
    client = client_of()
    client.handler.enforce_csrf_checks = True

    assert client.get(PLACES).status_code == 200
    response = client.post(PLACES, {"name": "a"}, content_type="application/json")
    assert_problem(response, 403)


def test_token_in_the_address_is_no_token(organisation, administrator):
    token = tokens.issue(by=administrator, user=UserFactory(role=Role.PARTNER))

    assert_problem(APIClient().get(PLACES, {"token": token}), 401)


def test_other_addresses_are_as_unseen_rows(organisation, api_of):
    client = api_of()
    unseen = client.get(address("places", "00000000-0000-4000-8000-000000000000"))

    for path in ("/api/v1/nowhere/", "/api/v1/", "/api/v1/places"):
        assert client.get(path).content == unseen.content
        assert_problem(client.post(path, {}), 404)
        assert_problem(APIClient().get(path), 401)
