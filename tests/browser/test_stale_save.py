"""Two people at one form, each in a browser of their own: nobody's change is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cases.access.gate import System, acting_as
from cases.models import Individual
from tests.browser.keys import press, written
from tests.factories import PASSWORD, IndividualFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def two_browsers(chromium, live_server, transactional_db):
    """Give the form of one case as two colleagues have it open."""
    with acting_as(System("tests")):
        person = IndividualFactory(circumstances="At first.")
        colleagues = [UserFactory(organisation=person.organisation) for _ in range(2)]
    contexts = [chromium.new_context(base_url=live_server.url) for _ in colleagues]
    pages = []
    for context, colleague in zip(contexts, colleagues, strict=True):
        page = context.new_page()
        page.goto(f"/admin/login/?next=/admin/cases/individual/{person.pk}/change/")
        page.fill("input[name=username]", colleague.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("[type=submit]")
        pages.append(page)
    yield person, *pages
    for context in contexts:
        context.close()


def saved(person):
    with acting_as(System("tests")):
        return Individual.objects.get(pk=person.pk).circumstances


def test_the_second_save_shows_both_and_overwrites_nothing(two_browsers):
    person, quick, slow = two_browsers
    for page, words in ((quick, "By the quicker one."), (slow, "By the slower one.")):
        written(page, "circumstances", words)

    press(quick, "button", "Save")
    quick.wait_for_url(f"**/individual/{person.pk}/")
    press(slow, "button", "Save")

    expect(slow.get_by_text("By the quicker one.")).to_be_visible()
    expect(slow.locator("textarea[name=circumstances]")).to_have_value("By the slower one.")
    assert saved(person) == "By the quicker one."
    assert Axe().run(slow).response["violations"] == []

    press(slow, "button", "Save")
    slow.wait_for_url(f"**/individual/{person.pk}/")
    assert saved(person) == "By the slower one."
