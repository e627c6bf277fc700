"""The page of tokens: made once, shown once, revoked at once, never another organisation's."""

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases.access.gate import System
from cases.actions import tokens
from cases.models import AuditEntry
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db
PAGE = "/admin/tokens/"


@pytest.fixture
def administrator(client_of):
    return client_of(Role.ADMINISTRATOR)


def works(token):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client.get("/api/v1/bodies/").status_code == 200


def test_a_token_is_shown_once_and_kept_nowhere(administrator, user_of):
    partner = user_of(Role.PARTNER)

    answer = administrator.post(PAGE, {"user": str(partner.pk), "expiry_days": "30"})

    token = answer.context["token"]
    assert works(token)
    assert token in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    kept = f"{dict(administrator.session)} {administrator.cookies} {answer.request}"
    assert token not in kept
    assert token not in administrator.get(PAGE).content.decode()
    assert token not in str(list(AuthToken.objects.values())) + str(
        list(AuditEntry.objects.values())
    )


def test_a_token_is_revoked_after_a_question(administrator, user_of):
    token = tokens.issue(by=System("tests"), user=user_of(Role.PARTNER))
    address = f"{PAGE}{AuthToken.objects.get().digest}/revoke/"
    assert works(token)
    assert b"cannot be brought back" in administrator.get(address).content
    assert works(token)

    administrator.post(address)

    assert not works(token)
    assert administrator.post(address).status_code == 404


def test_another_organisations_tokens_are_not_there(administrator, user_of, other_organisation):
    stranger = user_of(Role.PARTNER, organisation=other_organisation, name="Stranger")
    token = tokens.issue(by=System("tests"), user=stranger)
    row = AuthToken.objects.get()

    page = administrator.get(PAGE).content.decode()
    assert row.token_key not in page
    assert "Stranger" not in page
    foreign, none = (
        administrator.post(f"{PAGE}{digest}/revoke/") for digest in (row.digest, "0" * 128)
    )
    assert (foreign.status_code, foreign.content) == (404, none.content)
    refused = administrator.post(PAGE, {"user": str(stranger.pk), "expiry_days": "30"})
    assert refused.status_code == 200
    assert AuthToken.objects.count() == 1
    assert works(token)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_have_no_such_page(role, client_of, user_of):
    tokens.issue(by=System("tests"), user=user_of(Role.PARTNER))
    client = client_of(role)
    digest = AuthToken.objects.get().digest

    for address in (PAGE, f"{PAGE}{digest}/revoke/"):
        for method in ("get", "post"):
            assert getattr(client, method)(address).status_code in {302, 403}
    assert AuthToken.objects.count() == 1
    assert PAGE not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"user": "nobody", "expiry_days": "30"},
        {"expiry_days": "0"},
        {"expiry_days": "9" * 30},
        {"expiry_days": "soon"},
    ],
)
def test_what_cannot_be_gets_a_sentence(administrator, user_of, given):
    partner = user_of(Role.PARTNER)

    answer = administrator.post(PAGE, {"user": str(partner.pk), **given} if given else given)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not AuthToken.objects.exists()


def test_the_list_says_what_is_over(administrator, user_of):
    partner = user_of(Role.PARTNER, is_active=True)
    tokens.issue(by=System("tests"), user=partner)
    AuthToken.objects.update(expiry="2020-01-01T00:00Z")
    partner.is_active = False
    partner.save()

    page = administrator.get(PAGE).content.decode()

    assert "expired" in page
    assert "switched off" in page
    assert PAGE in page
