"""The way in for any WSGI server refuses what `serve` refuses."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tracker.startup import refuse_unsafe


def test_good_settings_are_served():
    refuse_unsafe()


def test_bad_ones_are_not_and_every_fault_is_named(settings):
    settings.DEBUG, settings.SECRET_KEY = True, "short"

    with pytest.raises(ImproperlyConfigured, match=r"DEBUG is on.*SECRET_KEY is short"):
        refuse_unsafe()
    settings.DEMO = True
    refuse_unsafe()


def test_plain_http_beyond_this_machine_is_refused(settings):
    settings.HOST = "0.0.0.0"

    with pytest.raises(ImproperlyConfigured, match="in the clear at 0"):
        refuse_unsafe()


def test_an_operator_may_silence_a_fault(settings):
    settings.DEBUG, settings.SILENCED_SYSTEM_CHECKS = True, ["tracker.E001"]

    refuse_unsafe()


def test_the_deployment_check_says_it_too(settings):
    settings.ALLOWED_HOSTS = ["*"]

    with pytest.raises(SystemCheckError, match="ALLOWED_HOSTS takes any name"):
        call_command("check", deploy=True, fail_level="ERROR")


def test_the_wsgi_entry_asks(settings):
    env = os.environ | {"SECRET_KEY": "short", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    asked = [sys.executable, "-c", "import tracker.wsgi"]
    started = subprocess.run(  # noqa: S603 (our own words)
        asked, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )

    assert started.returncode
    assert "SECRET_KEY is short or known" in started.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("AUDIT_KEY", "changeme"), ("SECRET_KEY_FALLBACKS", ["short"])]
)
def test_other_weak_keys_are_not_served_either(settings, name, value):
    setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured, match=f"{name} .*short or known"):
        refuse_unsafe()
