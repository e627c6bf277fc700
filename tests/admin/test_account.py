"""One's own account: sessions, moving the second factor, new recovery codes."""

import pytest
from django.test import Client

from cases import clock
from cases.models import AuditEntry, Session
from cases.models.sessions import id_of
from cases.rules import factors
from cases.vocabulary.organisations import Role
from tests.factories import PASSWORD, SessionFactory
from tests.signing_in import CODE, add_factor, give_password, is_in, secret_in

pytestmark = pytest.mark.django_db
ACCOUNT = "/admin/account/"
FACTOR, CODES = f"{ACCOUNT}factor/", f"{ACCOUNT}recovery-codes/"
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def user(user_of):
    return user_of()


@pytest.fixture
def browser(user):
    client = Client()
    give_password(client, user, HTTP_USER_AGENT="x")
    return client


def current(client):
    secret = secret_in(client.session["new_factor"])
    return factors.code_of(secret, factors.step_at(clock.now()))


def test_one_sees_ones_own_sessions_and_no_others(browser, user):
    SessionFactory(user=user, browser="Safari on Mac")
    SessionFactory(browser="Opera on Windows")

    page = browser.get(ACCOUNT).content.decode()

    assert page.count("this one") == 1
    assert "Safari on Mac" in page
    assert "Opera" not in page


def test_one_ends_another_session_of_ones_own(browser, user):
    other = Client()
    give_password(other, user)
    row = Session.objects.get(pk=id_of(other.cookies["session"].value))

    browser.post(f"{ACCOUNT}sessions/{row.pk}/end/")

    assert not is_in(other)
    assert is_in(browser)
    again = browser.post(f"{ACCOUNT}sessions/{row.pk}/end/", follow=True)
    assert b"ended already" in again.content


def test_one_does_not_end_a_strangers_session(browser):
    stranger = SessionFactory()

    browser.post(f"{ACCOUNT}sessions/{stranger.pk}/end/")

    assert Session.objects.filter(pk=stranger.pk).exists()


def test_one_ends_all_others_at_once(browser, user):
    others = [Client() for _ in range(3)]
    for other in others:
        give_password(other, user)

    browser.post(f"{ACCOUNT}sessions/end-others/")

    assert is_in(browser)
    assert not any(is_in(other) for other in others)


@pytest.mark.parametrize("address", ["sessions/end-others/", f"sessions/{NO_ID}/end/"])
def test_sessions_end_by_post_only(browser, address):
    assert browser.get(f"{ACCOUNT}{address}").status_code == 405


def test_a_first_factor_takes_the_password(browser, user):
    assert b"Your password" in browser.get(FACTOR).content
    refused = browser.post(FACTOR, {"proof": "not it", "code": current(browser)})
    assert "do not open" in refused.content.decode()
    other = Client()
    give_password(other, user)

    done = browser.post(FACTOR, {"proof": PASSWORD, "code": current(browser)})

    assert len(done.context["codes"]) == 10
    assert is_in(browser)
    assert not is_in(other)
    assert give_password(Client(), user).url == CODE


def test_moving_to_another_phone_takes_a_code_of_the_old_one(browser, user, settings):
    shown, codes = add_factor(user)
    browser = Client()
    give_password(browser, user)
    browser.post(CODE, {"code": shown()})
    settings.MFA_REQUIRED = True
    assert b"present code" in browser.get(FACTOR).content

    refused = browser.post(FACTOR, {"proof": PASSWORD, "code": current(browser)})
    assert b"not right" in refused.content
    wrong = browser.post(FACTOR, {"proof": codes[0], "code": "000000"})
    assert "not the app" in wrong.content.decode()
    done = browser.post(FACTOR, {"proof": codes[1], "code": current(browser)})

    assert len(set(done.context["codes"]) - set(codes)) == 10
    assert is_in(browser)


def test_new_recovery_codes_take_a_code(user):
    shown, codes = add_factor(user)
    browser = Client()
    give_password(browser, user)
    browser.post(CODE, {"code": shown()})

    assert browser.get(CODES).status_code == 200
    assert b"not right" in browser.post(CODES, {"proof": PASSWORD}).content
    renewed = browser.post(CODES, {"proof": codes[0]}).context["codes"]
    assert not set(renewed) & set(codes)


def test_without_a_factor_there_are_no_recovery_codes(browser):
    assert browser.get(CODES).url == FACTOR


@pytest.mark.parametrize(("address", "more"), [(FACTOR, {"code": "000000"}), (CODES, {})])
def test_proving_oneself_is_throttled_too(user, address, more):
    shown, _codes = add_factor(user)
    browser = Client()
    give_password(browser, user)
    browser.post(CODE, {"code": shown()})
    with clock.fixed(clock.now()):
        statuses = [
            browser.post(address, {"proof": "000000", **more}).status_code for _ in range(7)
        ]

    assert statuses == [200] * 5 + [429] * 2


def test_a_reset_that_was_asked_for_is_shown_to_its_user(user, user_of, client_of):
    shown, _codes = add_factor(user)
    first, second = client_of(Role.ADMINISTRATOR), client_of(Role.ADMINISTRATOR)
    page = f"/admin/cases/user/{user.pk}/do/"
    assert b"Nobody has asked" in second.get(f"{page}reset/").content

    first.post(f"{page}ask-reset/", {"version": 1})
    browser = Client()
    give_password(browser, user)
    browser.post(CODE, {"code": shown()})
    assert b"has asked to reset" in browser.get(ACCOUNT).content
    assert b"one asks, another agrees" in first.post(f"{page}reset/", {"version": 1}).content
    second.post(f"{page}reset/", {"version": 1})

    assert not is_in(browser)
    assert b"no second factor" in first.get(f"{page}ask-reset/").content


def test_a_new_password_takes_the_old_one_counted_and_on_record(browser, user):
    sent = {"old_password": "a guess", "new_password1": "x", "new_password2": "x"}
    said = [browser.post("/admin/password_change/", sent).content.decode() for _ in range(8)]

    assert "entered incorrectly" in said[0]
    assert "Too many attempts" in said[-1]
    assert AuditEntry.objects.filter(act="failed to sign in").count() >= 5
