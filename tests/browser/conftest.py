"""A browser on the running product."""

import os
import shutil

import pytest
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from cases.access.gate import System, acting_as
from cases.exchange.fixtures import LOAD_ORDER
from cases.models import Organisation
from cases.vocabulary.organisations import Role
from tests.factories import UserFactory
from tests.screenshots import FLAGS

PASSWORD = "a password for one browser test"


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: install it, or run pytest -m 'not browser'."
    # The driver runs an event loop in this thread; Django would take its calls for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium, transactional_db, live_server):
    """A signed-in caseworker's page; ``page.faults`` holds what the console complained of."""
    with acting_as(System("tests")):
        call_command("loaddata", *LOAD_ORDER, verbosity=0)
        user = UserFactory(
            role=Role.CASEWORKER,
            organisation=Organisation.objects.get(key="a"),
            is_cleared_for_restricted=True,
        )
        user.set_password(PASSWORD)
        user.save()
    opened = chromium.new_page(base_url=live_server.url, bypass_csp=False)
    opened.faults = []
    opened.on("console", lambda said: said.type == "error" and opened.faults.append(said.text))
    opened.goto("/admin/login/?next=/admin/")
    opened.fill("input[name=username]", user.email)
    opened.fill("input[name=password]", PASSWORD)
    opened.click("[type=submit]")
    opened.wait_for_url("**/admin/")
    yield opened
    opened.close()
