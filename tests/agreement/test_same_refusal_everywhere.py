"""One bad input, every door, one sentence, nothing written."""

from functools import partial

import pytest

from cases.access.gate import Actor, acting_as
from cases.actions import counts, individuals, places, reports, routes
from cases.models import (
    Citation,
    Individual,
    Place,
    RepatriationBatch,
    ReportedCount,
    RouteLeg,
    SourceReport,
)
from cases.vocabulary.organisations import Role
from tests.admin.samples import posted, url
from tests.factories import (
    BatchSlotFactory,
    IndividualFactory,
    PlaceFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    RouteFactory,
    SourceReportFactory,
    StatementFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db
API = "/api/v1"


def test_a_batch_is_closed_over_a_mismatch_with_a_note_at_every_door(
    organisation, api_of, client_of
):
    """Said in the action, so that the form of the step and the API both ask for it."""
    batch = RepatriationBatchFactory(organisation=organisation, status="reconciled")
    BatchSlotFactory(batch=batch, individual=None)
    ReportedCountFactory(organisation=organisation, batch=batch, stated_value=5, stated_text="5")
    said = (
        "A claimed headcount is not matched by the slots. Write into the remarks why the batch is "
        "“Closed” all the same."
    )
    moves = f"{API}/repatriation-batches/{batch.pk}/transitions/"
    refused = api_of().post(moves, {"to_status": "closed"})
    assert [(e["field"], e["message"]) for e in refused.json()["errors"]] == [("remarks", said)]

    form = f"/admin/cases/repatriationbatch/{batch.pk}/do/move/"
    given = {"version": batch.version, "to_status": "closed"}
    page = client_of().post(form, given)
    assert page.context["form"].errors["remarks"] == [said]
    assert RepatriationBatch.objects.get(pk=batch.pk).status == "reconciled"

    client_of().post(form, given | {"remarks": "Two were counted twice."})
    assert RepatriationBatch.objects.get(pk=batch.pk).status == "closed"


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


def a_title(text, said):
    def title_nobody_can_read():
        fields = {"code": "SR-1", "title": text, "published_basis": "unknown"}
        return reports.record, SourceReport, "source-reports", fields, said

    return title_nobody_can_read


def address_that_runs():
    fields = {"code": "SR-1", "title": "a", "url": "javascript:alert(1)"}
    said = "Write an address of the web, beginning with https:// or http://."
    return reports.record, SourceReport, "source-reports", fields, said


def code_that_looks_like_another():
    fields = {"code": "SR-001с", "title": "a"}
    said = "“SR-001с” mixes letters of two scripts that look alike."
    return reports.record, SourceReport, "source-reports", fields, said


def digits_of_another_script():
    fields = {"kind": "oblast", "name": "a", "latitude": "٥٠.١", "longitude": "36.1"}
    said = "“٥٠.١” has digits of another script. Write them as 0 to 9."
    return places.add, Place, "places", fields, said


SEEN_BY_NOBODY = "has a character that nobody can see (U+202E, at position 2)"
BAD_INPUTS = [
    a_title("a\u202eb", f"This text {SEEN_BY_NOBODY}"),
    a_title("a\u200bb", "This text has a character that nobody can see (U+200B, at position 2)"),
    a_title("a\x1b[31m", "This text has a control character (U+001B, at position 2)"),
    a_title("a\nb", "This text has a line break or tab, and is one line only (U+000A"),
    a_title("a" + "\u0335" * 40, "This text has more than 6 accents on one letter (U+0335"),
    a_title("a\ufffd", "This text has a character that was lost on its way here (U+FFFD"),
    a_title("a" * 5000, "This text is too long. It may have "),
    address_that_runs,
    code_that_looks_like_another,
    digits_of_another_script,
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


def test_nobody_restricts_what_they_could_not_read_afterwards(actor_of, api_of):
    person = IndividualFactory()
    by = actor_of(Role.CASEWORKER)
    with acting_as(by):
        mine = Individual.objects.get(pk=person.pk)
        change = partial(individuals.amend, mine, version=None, sensitivity="restricted")
        said = sentence_of(change, by=by)
        taken_in = sentence_of(individuals.register, by=by, sensitivity="restricted")
    answer = api_of(Role.CASEWORKER).patch(
        f"/api/v1/individuals/{person.pk}/",
        {"sensitivity": "restricted"},
        format="json",
        headers={"If-Match": '"1"'},
    )
    added = api_of(Role.CASEWORKER).post(
        "/api/v1/individuals/", {"sensitivity": "restricted"}, format="json"
    )

    assert said == taken_in
    assert "not cleared for restricted cases" in said
    for refused in (answer, added):
        assert refused.status_code == 400
        assert refused.json()["errors"] == [
            {"field": "sensitivity", "code": "out_of_sight", "message": said}
        ]
    person.refresh_from_db()
    assert (person.sensitivity, Individual.objects.count()) == ("standard", 1)
