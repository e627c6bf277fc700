"""The page of a tracing request on a small screen, for a screen reader, and under the policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.models import Organisation
from tests.actions.tracing import described, named, proposed
from tests.factories import BodyFactory, TracingActionFactory, TracingCandidateFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def addresses():
    organisation = Organisation.objects.get(key="a")
    request = described(organisation=organisation, circumstances="Lost " + "for long " * 40)
    action = TracingActionFactory(request=request, organisation=organisation, body=BodyFactory())
    candidate = proposed(request=request, organisation=organisation, reasons="“a” ~ “b”: " * 20)
    rejected = TracingCandidateFactory(request=request, organisation=organisation, rejected=True)
    person = named(organisation=organisation)
    page, of_request = f"/admin/cases/tracingrequest/{request.pk}/", "/admin/cases/tracingrequest"
    return [
        page,
        f"{page}?do=action",
        f"{page}?do=action&corrects={action.pk}",
        f"{page}?do=matches",
        f"{page}?do=propose&individual={person.pk}",
        f"{page}?do=reject&candidate={candidate.pk}",
        f"{of_request}/{request.pk}/change/",
        f"{of_request}/{request.pk}/do/close/",
        f"{of_request}/{request.pk}/do/move/?to_state=in_progress",
        f"/admin/cases/tracingcandidate/{rejected.pk}/change/",
        f"/admin/cases/individual/{candidate.individual_id}/",
    ]


def test_every_page_fits_a_small_screen_and_breaks_no_policy(page):
    page.set_viewport_size({"width": 360, "height": 740})
    wide = {}

    for address in addresses():
        assert page.goto(address).status == 200, address
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide[address] = width

    assert wide == {}
    assert page.faults == []


def test_a_screen_reader_can_use_every_page(page):
    found = {}

    for address in addresses():
        page.goto(address)
        if violations := Axe().run(page).response["violations"]:
            found[address] = [(one["id"], one["nodes"][0]["html"]) for one in violations]

    assert found == {}
