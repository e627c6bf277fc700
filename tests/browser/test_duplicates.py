"""A duplicate met by keyboard: at the intake, side by side, merged and taken apart again."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.access.gate import System, acting_as
from cases.models import Individual, Organisation
from tests.browser.keys import press, written
from tests.browser.shots import keep
from tests.factories import IndividualFactory, IndividualNameFactory, LikelyPairFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def pairs(page):
    """Two pairs that wait; the likelier one is of one woman under two spellings."""
    with acting_as(System("tests")):
        desk = Organisation.objects.get(key="a")

        def named(text, **fields):
            person = IndividualFactory(organisation=desk, **fields)
            IndividualNameFactory(individual=person, text=text)
            return person

        woman = named("Татьяна Хинштейн", birth_edtf="1961", circumstances="Stayed for the cow.")
        again = named("Tatjana Chinstein", sex="unknown")
        first = LikelyPairFactory(first=woman, second=again, likeness=95)
        second = LikelyPairFactory(
            first=named("Анна Петрова"), second=named("Анна Петрова"), likeness=88
        )
    return first, second


def looks_right(page, name):
    """Hold a page to axe and to the width of a small screen."""
    page.wait_for_selector("main h1")
    assert page.faults == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.faults.clear()  # axe itself sets styles on the choosers, which the policy refuses
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
    keep(page, f"duplicate-{name}-narrow")
    page.set_viewport_size(WIDE)
    keep(page, f"duplicate-{name}")


def test_somebody_known_is_noticed_at_the_intake(page, pairs):
    page.goto("/admin/cases/individual/add/")
    written(page, "name", "Chinstein Tatjana")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=Is it one of these?")
    assert page.get_by_text("Татьяна Хинштейн").is_visible()
    looks_right(page, "intake")
    page.focus("input[name=is_new]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/cases/individual/*-*/")
    assert page.faults == []


def test_pairs_are_decided_by_keyboard(page, pairs):
    first, second = pairs
    page.goto("/admin/duplicates/")
    assert page.get_by_text("2 left").is_visible()
    looks_right(page, "pair")

    page.keyboard.press("j")
    page.wait_for_url(f"**/{second.first_id}/{second.second_id}/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{first.first_id}/{first.second_id}/")
    page.focus("input[name=reason]")
    page.keyboard.type("sd")  # typed, not taken for a decision
    page.keyboard.press("Tab")
    page.keyboard.press("s")
    page.wait_for_url(f"**/{second.first_id}/{second.second_id}/")
    assert page.get_by_text("1 left").is_visible()
    page.keyboard.press("d")
    page.wait_for_url("**/admin/duplicates/")
    assert page.get_by_text("No pair waits for a decision.").is_visible()
    looks_right(page, "empty")

    assert page.faults == []


def test_a_merge_comes_apart_again(page, pairs):
    first, _second = pairs
    page.goto("/admin/duplicates/")
    press(page, "link", f"Keep {first.first}", exact=False)
    looks_right(page, "merge")
    written(page, "reason", "One passport.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=was merged into this case")
    looks_right(page, "kept")
    press(page, "link", "The merge", exact=False)
    looks_right(page, "merged")
    press(page, "link", "Undo the merge", exact=False)
    written(page, "reason", "Two people after all.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/cases/individual/*-*/")
    with acting_as(System("tests")):
        assert not Individual.objects.filter(return_status="duplicate").exists()
    assert page.faults == []
