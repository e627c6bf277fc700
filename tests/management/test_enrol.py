"""How a real installation begins."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from cases.models import Organisation, User

pytestmark = pytest.mark.django_db
WORDS = ("--organisation=home", "--name=Home Desk", "--email=anna@example.org")


def test_a_random_password_is_shown_once_and_signs_in(capsys):
    call_command("enrol", *WORDS, "--random-password")

    password = capsys.readouterr().out.split("shown once: ")[1].strip()
    user = authenticate(username="anna@example.org", password=password)
    assert isinstance(user, User)
    assert (user.role, user.organisation.key) == ("administrator", "home")


def test_the_password_is_asked_for_at_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "a long and winding sentence")

    call_command("enrol", *WORDS)

    assert "winding" not in capsys.readouterr().out
    assert User.objects.get().check_password("a long and winding sentence")


def test_two_passwords_that_differ_write_nothing(monkeypatch):
    answers = iter(["a long and winding sentence", "another sentence entirely"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    with pytest.raises(CommandError, match="differ"):
        call_command("enrol", *WORDS)
    assert not Organisation.objects.exists()


def test_a_key_that_is_taken_is_a_sentence_and_nothing_is_written():
    call_command("enrol", *WORDS, "--random-password")

    with pytest.raises(CommandError, match="already exists"):
        call_command("enrol", *WORDS, "--random-password")
    assert User.objects.count() == 1
