"""The pages of signing in, as a browser meets them."""

from datetime import timedelta

import pytest
from django.conf import settings as project
from django.test import Client

from cases import clock
from cases.actions import organisations, sessions
from cases.models import AuditEntry, Factor, Session, User
from cases.models.sessions import id_of
from cases.rules import factors
from cases.vocabulary.organisations import Role
from tests.factories import PASSWORD
from tests.signing_in import (
    CODE,
    LOGIN,
    SET_UP,
    add_factor,
    give_password,
    is_in,
    secret_in,
    system,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def user(user_of):
    return user_of()


def shown_secret(client):
    return secret_in(client.session["new_factor"])


def current(secret):
    return factors.code_of(secret, factors.step_at(clock.now()))


def test_a_password_is_enough_only_where_no_factor_is_required(client, user):
    assert give_password(client, user).url == "/admin/"
    assert is_in(client)


def test_staff_without_a_factor_set_one_up_before_they_see_anything(client, user, required):
    assert give_password(client, user, next="/dashboard/").url == SET_UP
    assert not is_in(client)
    assert client.get("/dashboard/").status_code == 302
    assert client.get("/api/v1/individuals/").status_code == 401

    page = client.get(SET_UP).content.decode()
    secret = shown_secret(client)
    assert "data:image/svg+xml;base64," in page
    assert secret in page.replace(" ", "")
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "not the app" in wrong.content.decode()
    assert not is_in(client)

    done = client.post(SET_UP, {"code": current(secret)})
    codes = done.context["codes"]
    assert all(code in done.content.decode() for code in codes)
    assert done.headers["Cache-Control"] == "no-store"
    assert 'href="/dashboard/"' in done.content.decode()
    assert is_in(client)
    assert secret not in Factor.objects.get().secret


def test_recovery_codes_are_shown_once_and_kept_nowhere(client, user, required):
    give_password(client, user)
    client.get(SET_UP)
    codes = client.post(SET_UP, {"code": current(shown_secret(client))}).context["codes"]

    again = [client.get(address).content.decode() for address in (SET_UP, "/admin/account/")]
    kept = str(dict(client.session)) + str(client.cookies)
    assert not any(code in text for code in codes for text in (*again, kept))


def test_the_second_step_asks_for_a_code(client, user):
    shown, codes = add_factor(user)
    assert give_password(client, user, next="/admin/find/").url == CODE
    assert not is_in(client)
    assert client.get(SET_UP, follow=True).request["PATH_INFO"] == LOGIN

    assert b"not right" in client.post(CODE, {"code": "000000"}).content
    assert client.post(CODE, {"code": shown()})["Location"] == "/admin/find/"
    assert is_in(client)

    second = Client()
    give_password(second, user)
    assert b"used already" in second.post(CODE, {"code": shown()}).content
    assert second.post(CODE, {"code": codes[0]}).headers["Location"] == "/admin/"
    third = Client()
    give_password(third, user)
    assert b"used already" in third.post(CODE, {"code": codes[0]}).content
    assert not is_in(third)


@pytest.mark.parametrize("address", [CODE, SET_UP])
def test_the_steps_after_the_password_are_not_open_without_it(client, user, address):
    add_factor(user)
    for answer in (client.get(address), client.post(address, {"code": "000000"})):
        assert answer.url == LOGIN


def test_between_password_and_code_ten_minutes_may_pass(client, user):
    shown, _codes = add_factor(user)
    start = clock.now()
    with clock.fixed(start):
        give_password(client, user)
    with clock.fixed(start + timedelta(minutes=9)):
        assert client.get(CODE).status_code == 200
    with clock.fixed(start + timedelta(minutes=11)):
        assert client.post(CODE, {"code": shown()})["Location"] == LOGIN


def test_whoever_is_switched_off_between_the_steps_stays_out(client, user):
    shown, _codes = add_factor(user)
    give_password(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.post(CODE, {"code": shown()})["Location"] == LOGIN


@pytest.mark.parametrize("wait_for", ["password", "code"])
def test_too_many_attempts_are_told_how_long_to_wait(client, user, wait_for):
    add_factor(user)
    give_password(client, user)

    def guess():
        if wait_for == "code":
            return client.post(CODE, {"code": "000000"})
        return give_password(client, user, "wrong")

    with clock.fixed(clock.now()):
        answers = [guess() for _ in range(7)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "1"
    assert "Wait 1 second" in answers[-1].content.decode()


def test_forged_addresses_do_not_help(client, user):
    with clock.fixed(clock.now()):
        statuses = [
            client.post(
                LOGIN,
                {"username": f"u{number}@example.org", "password": "x"},
                headers={"X-Forwarded-For": f"203.0.{number}.1"},
            ).status_code
            for number in range(102)
        ]

    assert statuses[-2:] == [429, 429]


def test_a_trusted_proxy_tells_callers_apart(client, settings):
    settings.TRUSTED_PROXIES = 1
    with clock.fixed(clock.now()):
        statuses = {
            client.post(
                LOGIN,
                {"username": f"u{number}@example.org", "password": "x"},
                headers={"X-Forwarded-For": f"203.0.{number}.1"},
            ).status_code
            for number in range(102)
        }

    assert statuses == {200}


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example/", "\\\\evil.example", "javascript:alert(1)", "/\\e"],
)
def test_the_way_on_stays_here(client, user, wanted):
    assert give_password(client, user, next=wanted).url == "/admin/"
    client.get(LOGIN, {"next": wanted})
    assert client.get(LOGIN, {"next": wanted}).url == "/admin/"


@pytest.mark.parametrize("name", ["\x00", "not an address", "a" * 5000, "é@é", ""])
def test_what_is_no_address_gets_a_sentence(client, name):
    answer = client.post(LOGIN, {"username": name, "password": "x"})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_form_needs_its_own_page(user):
    outside = Client(enforce_csrf_checks=True)

    assert give_password(outside, user).status_code == 403


# --- Sessions ---


def test_the_key_of_a_session_changes_at_each_step(client, user):
    shown, _codes = add_factor(user)
    client.cookies["session"] = "a" * 32  # a key that somebody else has chosen
    keys = ["a" * 32]
    give_password(client, user)
    keys.append(client.session.session_key)
    client.post(CODE, {"code": shown()})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    for key in keys[:2]:
        stolen = Client()
        stolen.cookies["session"] = key
        assert not is_in(stolen)


def test_a_session_ends_unused_and_in_any_case(client, user):
    start = clock.now()
    with clock.fixed(start):
        give_password(client, user)
    for minute in range(0, 11 * 60 + 50, 29):
        with clock.fixed(start + timedelta(minutes=minute)):
            assert is_in(client), minute
    with clock.fixed(start + timedelta(hours=12)):
        assert not is_in(client)


def test_an_unused_session_ends(client, user):
    start = clock.now()
    with clock.fixed(start):
        give_password(client, user)
    with clock.fixed(start + timedelta(minutes=30)):
        assert not is_in(client)


def test_the_last_use_is_known_to_the_minute(client, user, django_assert_num_queries):
    start = clock.now()
    with clock.fixed(start):
        give_password(client, user)
    for seconds, seen in ((30, 0), (61, 61), (100, 61), (125, 125)):
        with clock.fixed(start + timedelta(seconds=seconds)):
            client.get("/admin/")
        assert Session.objects.get().seen_at == start + timedelta(seconds=seen)


def test_the_table_of_sessions_holds_no_key(client, user):
    give_password(client, user)
    key, row = client.session.session_key, Session.objects.get()

    assert row.pk == id_of(key)
    assert key not in f"{row.pk}{row.pk.hex}{row.data}"
    assert (row.user_id, row.browser) == (user.pk, "Another browser")


def test_a_cookie_is_of_this_browser_session_only(client, user):
    give_password(client, user)
    cookie = client.cookies[project.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_signing_out_ends_the_session_and_clears_the_browser(client, user):
    give_password(client, user)
    stolen = Client()
    stolen.cookies["session"] = client.cookies["session"].value

    answer = client.post("/admin/logout/")

    assert answer.headers["Clear-Site-Data"] == '"*"'
    assert not is_in(stolen)
    assert not Session.objects.exists()
    acts = AuditEntry.objects.order_by("number").values_list("act", "actor_id", "actor")
    assert list(acts) == [
        ("signed in", user.pk, "caseworker"),
        ("signed out", user.pk, "caseworker"),
    ]


def test_whoever_changes_the_own_password_stays_in_by_a_new_session(client, user):
    give_password(client, user)
    stolen = Client()
    stolen.cookies["session"] = client.cookies["session"].value
    started = Session.objects.get().started_at
    new = "quite another long sentence"

    client.post(
        "/admin/password_change/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert is_in(client)
    assert not is_in(stolen)
    assert Session.objects.get().started_at == started


def test_partner_systems_have_no_staff_pages(client, user_of):
    page = give_password(client, user_of(Role.PARTNER))

    assert page.status_code == 200
    assert "do not open the staff pages" in page.content.decode()


@pytest.mark.parametrize("ended", ["set_password", "end_all"])
def test_half_a_sign_in_ends_with_the_sessions(client, user, required, ended):
    give_password(client, user)
    client.get(SET_UP)
    secret = shown_secret(client)

    with system() as by:
        if ended == "set_password":
            organisations.set_password(user, by=by, password="quite another sentence")
        else:
            sessions.end_all(user, by=by)

    assert client.post(SET_UP, {"code": current(secret)}).url == LOGIN
    assert not Factor.objects.exists()
    assert not is_in(client)


def test_one_sees_that_somebody_has_shown_the_password_and_no_code(client, user, settings):
    add_factor(user)
    client.force_login(user)

    give_password(Client(HTTP_USER_AGENT="Firefox/1"), user)

    assert "has not shown a code" in client.get("/admin/account/").content.decode()
