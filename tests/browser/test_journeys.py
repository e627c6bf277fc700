"""The case worker's day in a browser: a late return, a slot, a report, a refused step."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.access.gate import System, acting_as
from cases.models import (
    BatchSlot,
    Individual,
    Organisation,
    ReportedCount,
    ReportText,
    Statement,
    StatusEvent,
)
from tests.browser.keys import chosen, press, sent, written
from tests.browser.shots import keep
from tests.factories import (
    BatchSlotFactory,
    IndividualFactory,
    IndividualNameFactory,
    RepatriationBatchFactory,
    ReportTextFactory,
    SourceReportFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def desk(page):
    """The organisation of whoever is signed in."""
    with acting_as(System("tests")):
        return Organisation.objects.get(key="a")


def kept(page, name):
    """Hold a page to axe, and keep its picture."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.faults.clear()  # axe itself sets styles on the choosers, which the policy refuses
    keep(page, name)


def test_a_return_of_long_ago_is_recorded_by_keyboard(page, desk):
    with acting_as(System("tests")):
        person = IndividualFactory(organisation=desk, held=True)
    page.goto(f"/admin/cases/individual/{person.pk}/")

    press(page, "link", "Returned to country")
    written(page, "occurred_edtf", "2024-11-22")
    written(page, "observation", "The family rang: they crossed last year.")
    kept(page, "journey-step")
    page.keyboard.press("Control+Home")
    press(page, "button", "Save")

    page.wait_for_url(f"**/admin/cases/individual/{person.pk}/")
    assert page.get_by_text("22 November 2024").first.is_visible()
    kept(page, "journey-returned")
    with acting_as(System("tests")):
        event = StatusEvent.objects.get(individual=person)
        assert (event.to_status, event.occurred_edtf) == ("returned_to_country", "2024-11-22")
        assert event.recorded_at.year > 2024
        assert Individual.objects.get(pk=person.pk).return_status == "returned_to_country"


def test_a_slot_is_bound_to_somebody_sought_in_another_spelling(page, desk):
    with acting_as(System("tests")):
        batch = RepatriationBatchFactory(organisation=desk, arrived=True)
        slot = BatchSlotFactory(batch=batch)
        person = IndividualFactory(organisation=desk, opened=True)
        IndividualNameFactory(individual=person, text="Хинштейн Олексій")
    page.goto(f"/admin/cases/repatriationbatch/{batch.pk}/")

    press(page, "link", f"Bind slot {slot.number}")
    chosen(page, "individual", "Chinstein Alexei")
    kept(page, "journey-bind")
    sent(page)

    page.wait_for_selector("text=Хинштейн Олексій")
    kept(page, "journey-bound")
    with acting_as(System("tests")):
        assert BatchSlot.objects.get(pk=slot.pk).individual_id == person.pk


def test_a_report_is_digested_beside_its_text(page, desk):
    with acting_as(System("tests")):
        report = SourceReportFactory(organisation=desk)
        ReportTextFactory(
            report=report,
            text="The Coast Courier\n\nBuses with 46 people came on Thursday, 9 August 2024.",
        )
    page.goto(f"/admin/cases/sourcereport/{report.pk}/")
    assert page.get_by_text("To look at in the text").is_visible()  # 9 August 2024 was a Friday

    press(page, "button", "Take in hand")
    page.wait_for_selector("text=In hand")
    page.focus("a.paragraph-number >> nth=1")
    page.keyboard.press("Enter")
    page.select_option("select[name=attribution]", "unattributed")
    written(page, "summary", "Forty-six came by bus.")
    kept(page, "journey-desk")
    sent(page)
    page.wait_for_selector("[name=stated_text]")
    written(page, "stated_text", "46")
    written(page, "stated_value", "46")
    page.select_option("[name=qualifier]", "exact")
    page.select_option("[name=measure]", "flow_of_event")
    chosen(page, "population", "return")
    sent(page)
    page.wait_for_selector("text=giving 1 figure")
    press(page, "button", "Mark as digested")
    page.wait_for_selector(".badge-good:has-text('Digested')")
    kept(page, "journey-digested")

    with acting_as(System("tests")):
        said = Statement.objects.get(citations__report=report)
        assert said.citations.get().locator
        assert ReportedCount.objects.get(statement=said).low == 46
        assert ReportText.objects.get(report=report).digest_state == "digested"


def test_a_refused_step_says_why_and_writes_nothing(page, desk):
    with acting_as(System("tests")):
        child = IndividualFactory(
            organisation=desk,
            child=True,
            work_status="open",
            return_status="temporary_accommodation",
        )
    page.goto(f"/admin/cases/individual/{child.pk}/")

    page.focus("details.closed-steps summary >> nth=0")
    page.keyboard.press("Enter")
    assert page.get_by_text("only on a confirmed family link").first.is_visible()
    kept(page, "journey-closed-step")

    page.goto(
        f"/admin/cases/statusevent/add/?individual={child.pk}&axis=return&to_status=with_family"
    )
    written(page, "observation", "An aunt took him home.")
    press(page, "button", "Save")

    page.wait_for_selector(".errornote, .errorlist")
    assert page.get_by_text("only on a confirmed family link").first.is_visible()
    kept(page, "journey-refused")
    with acting_as(System("tests")):
        assert not StatusEvent.objects.filter(individual=child).exists()
