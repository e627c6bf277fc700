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
def signed_in(chromium, transactional_db, live_server):
    """Give the page of somebody new in a role; ``faults`` hold what its console complained of."""
    with acting_as(System("tests")):
        call_command("loaddata", *LOAD_ORDER, verbosity=0)
    opened = []

    def sign_in(role):
        with acting_as(System("tests")):
            user = UserFactory(
                role=role,
                organisation=Organisation.objects.get(key="a"),
                is_cleared_for_restricted=True,
            )
            user.set_password(PASSWORD)
            user.save()
        page = chromium.new_page(base_url=live_server.url, bypass_csp=False)
        opened.append(page)
        page.faults, page.user = [], user
        page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
        page.goto("/admin/login/?next=/admin/")
        page.fill("input[name=username]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield sign_in
    for page in opened:
        page.close()


@pytest.fixture
def page(signed_in):
    """The page of a caseworker."""
    return signed_in(Role.CASEWORKER)
