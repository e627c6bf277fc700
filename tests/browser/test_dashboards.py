"""A manager reads the figures of the seed reports, by pointer and by keyboard."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from cases.vocabulary.organisations import Role
from tests.browser.shots import keep

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HELD = "/dashboard/outstanding/?population=kursk-held-in-ukraine"
STRANDED = "/dashboard/outstanding/?population=kursk-stranded"
SETTLED = "body:not(:has(.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added))"


@pytest.fixture
def page(signed_in):
    """The page of a manager, who counts how often it is loaded as a whole."""
    page = signed_in(Role.MANAGER)
    page.loads = []
    page.on("load", lambda: page.loads.append(page.url))
    return page


def opened(page, address):
    page.goto(address)
    page.loads.clear()
    return page


def changed(page, pattern):
    """Wait until a part has come, and make sure that it was a part."""
    page.wait_for_url(pattern)
    page.wait_for_selector(SETTLED)
    assert page.loads == []
    assert page.faults == []


def spread(page) -> str:
    return str(page.locator("#board .spread").first.inner_text())


def test_the_thirty_and_the_more_than_twenty_stand_apart(page):
    opened(page, HELD)
    lanes = page.locator(".chart-wide").first.locator(".lane-label").all_text_contents()
    assert lanes[:2] == ["Vladimir Medinsky", "Nobody named (SR-000)"]
    assert "“more than 20” and “30”" in spread(page)
    assert page.locator(".verdict").inner_text() == "Consistent"
    assert "30 less eight gives 22" in page.locator(".words").inner_text()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    keep(page, "dashboard-outstanding")


def test_one_click_from_the_thirty_reaches_its_report_and_that_nobody_is_named(page):
    opened(page, HELD)
    page.locator("table").get_by_role("link", name="30", exact=True).first.click()
    page.wait_for_url("**/dashboard/figures/*/")
    words = page.locator("main").inner_text()
    assert "SR-000" in words
    assert "Nobody named" in words


def test_1500_and_3000_are_an_open_discrepancy_and_no_mean_appears(page):
    opened(page, STRANDED)
    words = page.locator("main").inner_text()
    assert "more than 1,500" in words
    assert "3,000" in words
    section = page.locator("section", has=page.locator("#discrepancies")).inner_text()
    assert "Open" in section
    for address in ("/dashboard/", STRANDED, "/dashboard/discrepancies/"):
        page.goto(address)
        assert "2,250" not in page.content()
        assert "2250" not in page.content()


def test_the_slider_replays_how_knowledge_grew(page):
    opened(page, HELD)
    page.locator("#replay-slider").focus()
    page.keyboard.press("ArrowLeft")
    changed(page, "**known_at=2025-07-04*")
    assert "more than 20" not in spread(page)
    assert spread(page).startswith("One claimant.")
    page.wait_for_selector("#replay-slider:focus")
    assert page.locator("#told").inner_text() == spread(page)

    page.keyboard.press("Home")
    changed(page, "**known_at=2024-11-21*")
    assert spread(page) == "Nobody has claimed a figure."
    keep(page, "dashboard-before")

    page.go_back()
    page.wait_for_url("**known_at=2025-07-04*")
    page.get_by_text("One claimant.").first.wait_for()


def test_a_claimant_is_left_out_and_a_period_drawn_without_loading_anew(page):
    opened(page, HELD)
    page.get_by_role("link", name="Vladimir Medinsky").first.click()
    changed(page, "**without=*")
    assert "Left out of the chart: Vladimir Medinsky." in page.locator("#board").inner_text()
    page.fill("#from", "2025-07-01")
    page.fill("#to", "2025-07-31")
    page.click("#show")
    changed(page, "**to=2025-07-31*")
    assert "Drawn is the period" in page.locator("#board").inner_text()

    page.fill("#from", "2025-08-01")
    page.click("#show")
    page.wait_for_selector("#refusal .refusal")
    assert "Turn them round." in page.locator("#refusal").inner_text()
    assert "from=2025-07-01" in page.url
    assert page.input_value("#from") == "2025-08-01"


def test_arrows_step_through_the_figures_and_read_them_out(page):
    opened(page, HELD)
    marks = page.locator(".chart-wide").first.locator(".mark-link")
    out = page.locator(".read-out").first
    marks.first.focus()
    assert "Vladimir Medinsky: 21 or more, from August 2025" in out.inner_text()
    page.keyboard.press("ArrowRight")
    assert "Nobody named (SR-000): 30, 4 July 2025" in out.inner_text()
    page.keyboard.press("Home")
    assert "Vladimir Medinsky" in out.inner_text()
    marks.nth(1).locator(".hit").hover()
    assert "SR-000" in out.inner_text()
    assert marks.first.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"


@pytest.mark.parametrize("name", ["claims", "bridge-1"])
def test_a_chart_is_taken_away_as_a_picture(page, name):
    opened(page, HELD)
    with page.expect_download() as begun:
        page.click(f'[data-png*="/{name}.svg"]')
    download = begun.value
    assert download.suggested_filename.startswith(f"outstanding-kursk-held-in-ukraine-{name}-")
    assert download.suggested_filename.endswith(".png")
    with open(download.path(), "rb") as file:  # noqa: PTH123 - the driver's own file
        picture = Image.open(BytesIO(file.read()))
    assert picture.width > 2000
    assert len(picture.getcolors(maxcolors=1 << 24) or []) > 20
    assert page.faults == []


def test_a_server_that_does_not_answer_leaves_the_page_and_says_so(page):
    opened(page, HELD)
    page.route("**/outstanding/?*", lambda route: route.abort())
    page.locator("#moment-1").click()
    page.wait_for_selector("#fault:not([hidden])")
    assert "“more than 20” and “30”" in spread(page)
    page.click("#fault [data-close]")
    assert page.locator("#fault").is_hidden()


def test_all_of_it_is_there_without_scripts_and_on_paper(page, chromium, live_server):
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(HELD)
    assert not plain.locator("#replay-slider").is_visible()
    plain.locator("#moment-1").click()
    assert "Nobody has claimed a figure." in plain.locator("#board").inner_text()
    context.close()

    page.emulate_media(media="print", color_scheme="dark")
    page.goto(HELD)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".picker", ".replay", ".tools", "nav"):
        assert page.locator(hidden).first.is_hidden()
    for shown in (".printed", "#sources", ".chart-wide"):
        assert page.locator(shown).first.is_visible()
