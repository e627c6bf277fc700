"""A first sign-in where a second factor is required, in a browser, without a script of ours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cases import clock
from cases.access.gate import System, acting_as
from cases.rules import factors
from cases.vocabulary.organisations import Role
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONFIRM = ".sign-in-form button[type=submit]"


@pytest.fixture
def user(transactional_db, settings):
    settings.MFA_REQUIRED = True
    with acting_as(System("tests")):
        UserFactory(role=Role.PARTNER)  # for a token
        return UserFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def browser(chromium, live_server, user):
    """Give pages of separate browsers, small, without JavaScript; each keeps its complaints."""
    contexts = []

    def fresh(**more):
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
        page.goto("/admin/")
        page.fill("input[name=username]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.click(CONFIRM)
        return page

    yield fresh
    for context in contexts:
        context.close()


def set_up(page):
    """Type what the phone shows; give the recovery codes."""
    page.click("summary")
    secret = page.inner_text("code.secret").replace(" ", "")
    page.fill("input[name=code]", factors.code_of(secret, factors.step_at(clock.now())))
    page.click(CONFIRM)
    codes = page.locator(".recovery-codes code").all_inner_texts()
    page.get_by_role("link", name="I have kept them").click()
    return codes


def test_a_first_sign_in_sets_up_the_factor_and_a_recovery_code_is_good_once(browser):
    page = browser(java_script_enabled=False)
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    assert page.locator("img.qr").evaluate("i => i.complete && i.naturalWidth > 0")
    codes = set_up(page)
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()

    for attempt, heading in ((1, "Your work"), (2, "Second step")):
        other = browser(java_script_enabled=False)
        other.fill("input[name=code]", codes[0])
        other.keyboard.press("Enter")
        expect(other.get_by_role("heading", name=heading)).to_be_visible()
        assert ("used already" in other.content()) == (attempt == 2)


def test_the_pages_of_signing_in_fit_are_accessible_and_keep_the_policy(browser):
    page, found = browser(), {}

    def look():
        expect(page.locator("h1").first).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        faults = list(page.faults)
        results = Axe().run(page)
        page.faults.clear()  # axe itself writes styles, which the policy blocks
        if width > 360 or faults or results.violations_count:
            found[page.url] = width, faults, [v["id"] for v in results.response["violations"]]

    look()
    set_up(page)
    for address in ("", "factor/", "recovery-codes/", "../tokens/"):
        page.goto(f"/admin/account/{address}")
        look()
    page.goto("/admin/tokens/")
    page.select_option("select[name=user]", index=1)
    page.click("#content input[type=submit]")
    look()
    page.goto("/admin/tokens/")
    page.get_by_role("link", name="Revoke").first.click()
    look()

    assert found == {}
