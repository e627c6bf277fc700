"""The pages as a manager reads them."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from cases.access.gate import System
from cases.actions import counts
from tests.factories import AssessmentFactory, PopulationFactory, ReportedCountFactory
from tests.queries.scenes import flow, says, stock

pytestmark = pytest.mark.django_db
OUTSTANDING = "/dashboard/outstanding/"


def text(response) -> str:
    """The words of a page, without tags and runs of space."""
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def figure_of(count) -> str:
    return reverse("dashboards:figure", args=[count.pk])


def test_the_overview_puts_claims_side_by_side(manager, scene):
    response = manager.get("/dashboard/")
    words = text(response)
    assert "2 claimants, side by side: “more than 20” and “30”." in words
    assert "21 or more" in words
    assert "Nobody named (SR-000)" in words
    assert "1 open discrepancy" in words
    assert "The eight" in words
    assert "Stale" in words
    for key in ("thirty", "twenty", "eight"):
        assert figure_of(scene[key]) in response.content.decode()


def test_an_empty_tracker_says_so(manager):
    assert "No figure of people outstanding has been recorded yet." in text(
        manager.get("/dashboard/")
    )
    assert "recorded yet" in text(manager.get(OUTSTANDING))
    assert "There is none in this state." in text(manager.get("/dashboard/discrepancies/"))


def test_the_bridge_is_told_in_words(manager, scene):
    words = text(manager.get(OUTSTANDING, {"population": "held"}))
    assert "Consistent: 30 less 8 gives 22; the later claim is “more than 20”." in words
    assert "Lies between the two claims." in words


def test_what_the_bridge_leaves_out_has_its_reason(manager, scene):
    flow(scene["eight"].population, 46, says("A"), as_of_edtf="2024-11-22")
    words = text(manager.get(OUTSTANDING))
    assert "1 flow left out, and why" in words
    assert "It was before the period." in words


def test_the_chart_has_its_words_and_its_table(manager, scene):
    page = manager.get(OUTSTANDING).content.decode()
    assert page.count('<svg class="chart chart-') == 4
    assert 'aria-labelledby="wide-title wide-desc"' in page
    assert "more than 20, Vladimir Medinsky: 21 or more, 20 August 2025" in page
    assert "The table behind the chart" in page
    assert "2 reports, 1 origin" in page
    assert page.count(figure_of(scene["twenty"])) >= 3


def test_known_at_hides_what_was_recorded_later(manager, scene):
    late = datetime(2030, 1, 1, 12, tzinfo=UTC)
    stock(scene["held"], 99, says("Zhanna"), as_of_edtf="2025-08-25", recorded_at=late)
    assert "Zhanna" in text(manager.get(OUTSTANDING, {"known_at": "2030-01-02"}))
    words = text(manager.get(OUTSTANDING, {"known_at": "2029-12-31", "population": "held"}))
    assert "Zhanna" not in words
    assert "as known on 31 December 2029" in words


def test_valid_at_hides_what_is_about_a_later_day(manager, scene):
    words = text(manager.get(OUTSTANDING, {"valid_at": "2025-07-31"}))
    assert "One claimant. The lowest bound given is 30; the highest is 30." in words
    assert "There are no two claims of different dates to compare." in words


def test_blank_fields_of_the_form_mean_today_and_now(manager, scene):
    words = text(manager.get(OUTSTANDING, {"population": "held", "valid_at": "", "known_at": ""}))
    assert "2 claimants" in words


def test_a_population_without_claims_may_be_asked_for(manager, scene):
    other = PopulationFactory(code="other", title="Another group")
    words = text(manager.get(OUTSTANDING, {"population": other.code}))
    assert "Another group" in words
    assert "Nobody claims a figure as of this day" in words


def test_undated_claims_are_named_as_not_comparable(manager, scene):
    stock(scene["held"], 7, says("B"), as_of_edtf="")
    words = text(manager.get(OUTSTANDING))
    assert "1 claim without a beginning date cannot be compared: 7" in words
    assert "no date" in words


def test_the_adopted_figure_is_shown_with_its_method(manager, scene):
    AssessmentFactory(population=scene["held"], low=21, approved=True)
    assert "21 or more is the figure Organisation A has adopted" in text(manager.get(OUTSTANDING))


def test_any_number_leads_to_its_sources(manager, scene):
    words = text(manager.get(figure_of(scene["twenty"])))
    for part in ("more than 20", "Vladimir Medinsky", "2 reports, 1 origin", "SR-002", "SR-004"):
        assert part in words
    assert "Recorded" in words
    assert "Thirty or more than twenty" in words


def test_a_withdrawn_figure_says_so(manager, scene):
    counts.retract(scene["thirty"], by=System("tests"), version=1, reason="Misread the date.")
    assert "Misread the date." in text(manager.get(figure_of(scene["thirty"])))


def test_a_subgroup_leads_to_its_whole(manager):
    part = ReportedCountFactory(stated_value=12, children=True)
    page = manager.get(figure_of(part)).content.decode()
    assert "Age: child" in page
    assert figure_of(part.part_of) in page


def test_discrepancies_have_both_sides_and_three_states(manager, scene):
    words = text(manager.get("/dashboard/discrepancies/"))
    assert "Thirty or more than twenty" in words
    assert "2 origins" in words
    closed = text(manager.get("/dashboard/discrepancies/", {"state": "resolved"}))
    assert "There is none in this state." in closed


def test_the_methodology_defines_populations_and_terms(manager, scene):
    words = text(manager.get("/dashboard/methodology/"))
    for part in ("Residents held", "More than the value: low = value + 1, high open.", "180 days"):
        assert part in words
