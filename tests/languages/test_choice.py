"""Each user's own language: on the pages, in the e-mail, and never in the API."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from cases.access.gate import Actor, System, acting_as
from cases.actions import organisations
from cases.models import AuditEntry, User
from cases.vocabulary.organisations import Language, Role

pytestmark = pytest.mark.django_db
CHOOSE = "/admin/language/"
STAFF = [role for role in Role if role != Role.PARTNER]


def language_of(response) -> str:
    return str(response.headers["Content-Language"])


@pytest.mark.parametrize("role", STAFF)
def test_a_user_of_any_role_keeps_a_language(client_of, role):
    client = client_of(role)

    answer = client.post(CHOOSE, {"language": "uk", "next": "/admin/account/"})

    assert answer.url == "/admin/account/"
    page = client.get("/admin/account/")
    assert (page.status_code, language_of(page)) == (200, "uk")
    assert "Ваші" in page.content.decode()
    assert AuditEntry.objects.filter(act="chose a language", target_id=client.user.pk).exists()


def test_it_follows_the_user_into_the_next_browser(client_of):
    first = client_of()
    first.post(CHOOSE, {"language": "ru"})
    second = client_of(User.objects.get(pk=first.user.pk))

    assert language_of(second.get("/admin/", HTTP_ACCEPT_LANGUAGE="en")) == "ru"
    assert language_of(second.get("/dashboard/", HTTP_ACCEPT_LANGUAGE="en")) == "ru"


def test_choosing_it_again_writes_nothing(client_of):
    client = client_of()
    for _time in range(2):
        client.post(CHOOSE, {"language": "ru"})

    assert AuditEntry.objects.filter(act="chose a language").count() == 1


@pytest.mark.parametrize("asked", ["", "xx", "ru'--", "uk\x00", "r" * 5000])
def test_a_language_that_there_is_none_of_changes_nothing(client_of, asked):
    client = client_of()

    answer = client.post(CHOOSE, {"language": asked}, follow=True)

    assert "There is no such language." in answer.content.decode()
    assert User.objects.get(pk=client.user.pk).language == ""


def test_one_is_not_led_off_the_site(client_of):
    answer = client_of().post(CHOOSE, {"language": "ru", "next": "https://example.org/"})

    assert answer.url == "/admin/"


def test_it_takes_a_form_to_choose(client_of):
    assert client_of().get(CHOOSE).status_code == 405
    assert Client(enforce_csrf_checks=True).post(CHOOSE, {"language": "ru"}).status_code == 403


def test_before_the_sign_in_the_browser_keeps_it(db):
    browser = Client()
    assert language_of(browser.get("/admin/login/")) == "en-gb"
    assert language_of(browser.get("/admin/login/", HTTP_ACCEPT_LANGUAGE="uk,ru;q=0.5")) == "uk"

    browser.post(CHOOSE, {"language": "ru", "next": "/admin/login/"})

    page = browser.get("/admin/login/", HTTP_ACCEPT_LANGUAGE="uk")
    assert language_of(page) == "ru"
    assert '<html lang="ru">' in page.content.decode()


def test_the_api_is_in_english_for_everybody(api_of, client_of):
    user = client_of()
    user.post(CHOOSE, {"language": "ru"})
    in_session = user.get("/api/v1/individuals/", {"nothing": 1}, HTTP_ACCEPT_LANGUAGE="ru")
    by_token = api_of().get("/api/v1/individuals/", {"nothing": 1}, HTTP_ACCEPT_LANGUAGE="ru")

    assert in_session.json()["errors"] == by_token.json()["errors"]
    assert "parameter" in by_token.json()["errors"][0]["message"]
    assert language_of(by_token) == "en-gb"


def test_nobody_chooses_for_somebody_else(user_of, actor_of):
    with pytest.raises(PermissionDenied):
        organisations.choose_language(user_of(), by=actor_of(Role.ADMINISTRATOR), language="ru")


def test_the_action_itself_knows_the_languages(user_of):
    user = user_of()
    with pytest.raises(ValidationError), acting_as(System("tests")):
        organisations.choose_language(user, by=Actor.of(user), language="xx")


def test_the_settings_offer_the_languages_of_the_vocabulary(settings):
    assert [code for code, _name in settings.LANGUAGES] == list(Language.values)
    assert dict(settings.LANGUAGES) == {term.value: term._label_ for term in Language}
