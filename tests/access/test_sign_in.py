"""Signing in through the gate, and who acts in a request."""

import pytest
from django.contrib.auth import authenticate
from django.http import HttpResponse, StreamingHttpResponse

from cases.access.backend import GateBackend
from cases.access.gate import Actor, Anonymous, current_actor
from cases.access.middleware import ActorMiddleware
from cases.models import Organisation, User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def test_the_right_password_signs_in_and_its_moment_is_noted(client, user_of):
    user = user_of()
    assert user.last_login is None

    answer = client.post(LOGIN, {"username": user.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert User.objects.get().last_login is not None
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_does_not(user_of):
    assert authenticate(username=user_of().email, password="something else") is None


def test_nobody_signs_in_to_an_organisation_that_is_switched_off(client, user_of):
    user = user_of()
    client.force_login(user)
    Organisation.objects.filter(pk=user.organisation_id).update(is_active=False)

    assert authenticate(username=user.email, password=PASSWORD) is None
    assert GateBackend().get_user(user.pk) is None


def test_nobody_signs_in_who_is_switched_off(user_of):
    user = user_of(is_active=False)

    assert authenticate(username=user.email, password=PASSWORD) is None


def test_django_gives_no_permission(user_of):
    assert not GateBackend().has_perm(user_of(), "cases.view_individual")


def test_who_the_admin_lets_in(user_of):
    assert user_of("caseworker").is_staff
    assert user_of("caseworker").has_module_perms("cases")
    assert not user_of("partner").is_staff


@pytest.fixture
def request_of(rf):
    def make(user):
        request = rf.get("/")
        request.user = user
        return request

    return make


def test_the_sessions_user_acts(request_of, user_of):
    user, seen = user_of(), []

    def view(request):
        seen.append(current_actor())
        return HttpResponse()

    ActorMiddleware(view)(request_of(user))

    assert seen == [Actor.of(user)]


def test_without_a_session_nobody_acts(client, request_of):
    seen = []
    nobody = type("Nobody", (), {"is_authenticated": False})()

    def view(_request):
        seen.append(current_actor())
        return HttpResponse()

    ActorMiddleware(view)(request_of(nobody))

    assert seen == [Anonymous()]


def test_a_stream_keeps_its_actor_after_the_request(request_of, user_of):
    user = user_of()

    def rows():
        for _ in range(2):
            yield f"{current_actor().user_id};"

    answer = ActorMiddleware(lambda _request: StreamingHttpResponse(rows()))(request_of(user))

    before = current_actor()
    assert answer.getvalue().decode() == f"{user.pk};{user.pk};"
    assert current_actor() is before
    assert User.objects.count() == 1
