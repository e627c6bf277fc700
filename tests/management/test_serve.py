"""`manage.py serve`, up to the moment when it becomes the web server."""

import json
import os
import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.management.commands import serve
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def becomes(monkeypatch, settings, tmp_path, db):
    """Catch the command line of the server instead of running it."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PORT = probe.getsockname()[1]
    caught: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, arguments: caught.append(arguments))
    return caught


def test_serve_says_where_it_is_and_becomes_the_server(becomes, capsys, settings):
    call_command("serve")

    said = capsys.readouterr().out
    assert f"http://127.0.0.1:{settings.PORT}/dashboard/" in said
    assert "an administrator has made for you" in said
    assert becomes[0][-1] == "tracker.wsgi:application"
    assert (settings.STATIC_ROOT / "admin/css/base.css").exists()


def test_serve_names_the_accounts_but_not_their_passwords(becomes, capsys, settings):
    settings.DEMO = True
    actor = {"email": "vera@a.example", "role": "caseworker", "password": "hidden-away"}
    (settings.DATA_DIR / "credentials.json").write_text(json.dumps({"actors": [actor]}))

    call_command("serve")

    said = capsys.readouterr().out
    assert "vera@a.example  (caseworker)" in said
    assert "hidden-away" not in said


def test_serve_refuses_a_taken_port_in_one_sentence(becomes, settings):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", settings.PORT))
        holder.listen()

        with pytest.raises(CommandError, match=f"Port {settings.PORT} on 127.0.0.1 is in use"):
            call_command("serve")

    assert becomes == []


def test_serve_refuses_an_address_that_is_not_here(becomes, settings):
    settings.ALLOW_PLAIN_HTTP = True
    settings.HOST = "192.0.2.1"

    with pytest.raises(CommandError, match=r"Cannot serve at 192\.0\.2\.1"):
        call_command("serve")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("tracker.example", "http://tracker.example:8000/"),
    ],
)
def test_base_url_is_one_a_browser_here_can_open(host, url):
    assert serve.base_url(host, 8000) == url


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is short or known"),
        (
            {"SECRET_KEY": "django-insecure-" + "0123456789abcdef" * 4},
            "SECRET_KEY is short or known",
        ),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is short or known"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS takes any name"),
        ({"HOST": "0.0.0.0"}, "in the clear at 0.0.0.0"),
        ({"HOST": "tracker.example"}, "in the clear at tracker.example"),
        ({"HTTPS": True}, "HTTPS=1 needs somebody to speak TLS"),
    ],
)
def test_serve_refuses_what_is_fit_for_a_demonstration_only(becomes, settings, changes, said):
    for name, value in changes.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match=said):
        call_command("serve")
    assert becomes == []


def test_a_demonstration_may_be_served_all_the_same(becomes, settings):
    settings.DEMO, settings.SECRET_KEY, settings.HTTPS = True, "short", True

    call_command("serve")

    assert becomes


def test_serve_refuses_a_database_with_accounts_of_the_demonstration(becomes, settings):
    UserFactory.create(email="A-Manager@Demo.example")

    with pytest.raises(CommandError, match="accounts of the demonstration"):
        call_command("serve")


def test_a_certificate_is_handed_to_the_server(becomes, capsys, settings):
    settings.HTTPS, settings.TLS_CERTIFICATE, settings.TLS_KEY = True, "cert.pem", "key.pem"

    call_command("serve")

    assert f"https://127.0.0.1:{settings.PORT}/admin/" in capsys.readouterr().out
    assert becomes[0][becomes[0].index("--ssl-certificate") + 1] == "cert.pem"
    assert becomes[0][becomes[0].index("--ssl-keyfile") + 1] == "key.pem"
