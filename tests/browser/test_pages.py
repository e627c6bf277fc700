"""What only a browser can tell of every page: policy, small screens, screen readers, keyboard."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from cases.vocabulary.organisations import Role
from tests.browser.keys import walked
from tests.crawl import pages, starts
from tests.matrices import exhaustively

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
STAFF = [role for role in Role if role != Role.PARTNER]


def test_the_documentation_of_the_api_keeps_to_the_policy(page):
    assert page.goto("/api/v1/docs/").status == 200
    assert page.faults == []


@pytest.mark.parametrize("role", exhaustively(STAFF, {Role.SUPERVISOR, Role.MANAGER}))
def test_every_page_of_a_role(signed_in, role):
    page = signed_in(role)
    client = Client()
    client.force_login(page.user)
    met = list(pages(client, starts(page.user)))
    found = {address: list(faults_of(page, address, whole=met[0])) for address in met}
    faults = {address: some for address, some in found.items() if some}

    assert faults == {}, json.dumps(faults, indent=1)
    assert len(met) > 50


def faults_of(page, address, whole):
    """Say what is wrong with a page for a small screen, a screen reader, or a keyboard.

    The menu is the same on all: it is gone through on one, ``whole``.
    """
    page.faults.clear()
    page.set_viewport_size(NARROW)
    if (status := page.goto(address).status) != 200:
        yield status
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"{width} wide"
    page.set_viewport_size(WIDE)
    if address != whole:
        page.evaluate("document.querySelector('.menu')?.remove()")
    yield from walked(page)
    yield from page.faults
    for violation in Axe().run(page).response["violations"]:
        yield from ((violation["id"], node["html"][:160]) for node in violation["nodes"])
