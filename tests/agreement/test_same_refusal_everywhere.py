"""One bad input, every door, one sentence, nothing written."""

import pytest

from cases.access.gate import Actor, acting_as
from cases.actions import counts, reports, routes
from cases.models import Citation, ReportedCount, RouteLeg, SourceReport
from tests.admin.samples import posted, url
from tests.factories import (
    PlaceFactory,
    PopulationFactory,
    ReportedCountFactory,
    RouteFactory,
    SourceReportFactory,
    StatementFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
API = "/api/v1"


def a_figure(**fields):
    usual = {
        "statement": StatementFactory(),
        "population": PopulationFactory(),
        "measure": "stock",
        "qualifier": "more_than",
        "stated_value": 20,
        "stated_text": "more than 20",
    }
    return {**usual, **fields}


def contradicting_bounds():
    said = (
        "The bounds “20 or more” contradict “more than 20”, which means “21 or more”. "
        "Leave the bounds empty and they are filled in."
    )
    return counts.report, ReportedCount, "reported-counts", a_figure(low=20), said


def date_outside_the_subset():
    fields = {
        "code": "SR-1",
        "title": "First",
        "published_edtf": "last Thursday",
        "published_basis": "stated",
    }
    said = "“last Thursday” is not a date we can read. Write one of: 2024,"
    return reports.record, SourceReport, "source-reports", fields, said


def leg_that_does_not_join():
    a, b, c = (PlaceFactory(country=True, name=name) for name in ("Atland", "Beland", "Celand"))
    route = RouteFactory()
    RouteLeg(
        route=route, number=1, from_place=a, to_place=b, organisation=route.organisation
    ).save()
    fields = {"route": route, "from_place": a, "to_place": c}
    said = "Leg 2 begins at Atland, but the leg before it ends at Beland."
    return routes.add_leg, RouteLeg, "route-legs", fields, said


def subgroup_of_another_population():
    whole = ReportedCountFactory(population=PopulationFactory(code="held"))
    fields = a_figure(
        population=PopulationFactory(code="missing"),
        part_of=whole,
        dimension="age",
        label="child",
        qualifier="exact",
        stated_text="20",
    )
    said = (
        "The subgroup has the population “missing”, its whole has “held”. "
        "A subgroup has the population of its whole."
    )
    return counts.report, ReportedCount, "reported-counts", fields, said


def citation_of_nothing():
    fields = {"report": SourceReportFactory(), "statement": None}
    said = "A citation cites a statement. Choose the statement it relays."
    return reports.cite, Citation, "citations", fields, said


BAD_INPUTS = [
    contradicting_bounds,
    date_outside_the_subset,
    leg_that_does_not_join,
    subgroup_of_another_population,
    citation_of_nothing,
]


@pytest.mark.parametrize("bad_input", BAD_INPUTS)
def test_the_action_and_the_api_say_the_same(bad_input, organisation, user_of, api_of):
    act, model, collection, fields, said = bad_input()
    user = user_of("caseworker")
    before = model.objects.count()

    with acting_as(Actor.of(user)) as by:
        in_the_action = sentence_of(act, by=by, **fields)
    body = {name: getattr(value, "pk", value) for name, value in fields.items()}
    answer = api_of(user).post(f"{API}/{collection}/", body, HTTP_IDEMPOTENCY_KEY=f"{user.pk}")

    assert in_the_action.startswith(said)
    assert answer.status_code == 400
    assert in_the_action in [fault["message"] for fault in answer.json()["errors"]]
    assert model.objects.count() == before


@pytest.mark.parametrize("bad_input", BAD_INPUTS)
def test_the_admin_says_the_same_and_writes_nothing(bad_input, organisation, client_of):
    _act, model, _collection, fields, said = bad_input()
    before = model.objects.count()
    browser = client_of("caseworker")
    form = browser.get(url(model, "add")).context["adminform"].form
    entered = {name: getattr(value, "pk", value) for name, value in fields.items() if value}

    answer = browser.post(url(model, "add"), posted(form) | entered)

    faults = answer.context["adminform"].form.errors
    assert any(sentence.startswith(said) for told in faults.values() for sentence in told), faults
    assert model.objects.count() == before
