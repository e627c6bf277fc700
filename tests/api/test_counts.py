"""Figures are superseded, retracted and verified, never edited."""

import pytest

from cases.models import Discrepancy, ReportedCount
from cases.vocabulary.organisations import Role
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import PopulationFactory, ReportedCountFactory, StatementFactory

pytestmark = pytest.mark.django_db
COUNTS = "reported-counts"


@pytest.fixture
def count(organisation):
    return ReportedCountFactory()


def sent(**fields):
    return {
        "statement": str(StatementFactory().pk),
        "population": str(PopulationFactory().pk),
        "measure": "stock",
        "stated_text": "more than 20",
        "stated_value": 20,
        "qualifier": "more_than",
        "as_of_edtf": "2025-08",
        **fields,
    }


def test_bounds_follow_the_qualifier(organisation, api_of):
    shown = api_of().post(address(COUNTS), sent()).json()

    assert (shown["low"], shown["high"]) == (21, None)
    assert (shown["as_of_earliest"], shown["as_of_latest"]) == ("2025-08-01", "2025-08-31")
    assert shown["claimant"]["is_unattributed"]
    assert shown["state"] == "draft"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"low": 5}, "low"),
        ({"as_of_edtf": "last week"}, "as_of_edtf"),
        ({"stated_value": None}, "stated_value"),
        ({"state": "verified"}, "state"),
        ({"supersedes": None}, "supersedes"),
        ({"qualifier": "roughly"}, "qualifier"),
        ({"stated_value": 2**31}, "stated_value"),
        ({"is_estimate": "yes"}, "is_estimate"),
    ],
)
def test_rules_speak_beside_their_field(wrong, field, organisation, api_of):
    problem = assert_problem(api_of().post(address(COUNTS), sent(**wrong)), 400)

    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert not ReportedCount.objects.exists()


def test_subgroup_of_another_population_is_refused(count, api_of):
    part = {"part_of": str(count.pk), "dimension": "age", "label": "child"}

    problem = assert_problem(api_of().post(address(COUNTS), sent(**part)), 400)

    assert problem["errors"][0]["field"] == "part_of"


def test_contradiction_opens_by_itself(count, api_of):
    same = {"population": str(count.population_id), "as_of_edtf": count.as_of_edtf}

    api_of().post(address(COUNTS), sent(stated_value=40, **same))

    assert Discrepancy.objects.get().is_automatic


def test_figures_are_not_edited(count, api_of):
    for method in ("patch", "put"):
        response = getattr(api_of(), method)(address(COUNTS, count.pk), {"stated_value": 1})
        assert "Supersede it" in assert_problem(response, 405)["detail"]


def test_figure_is_retracted_with_a_reason(count, api_of):
    client, path = api_of(), address(COUNTS, count.pk, "retract")

    assert assert_problem(client.post(path, {}), 400)["errors"][0]["field"] == "reason"
    done = client.post(path, {"reason": "Misread."}, headers={"If-Match": '"1"'})
    again = client.post(path, {"reason": "Misread."})

    assert done.json()["state"] == "retracted"
    assert done["ETag"] == '"2"'
    assert "already" in assert_problem(again, 400)["detail"]


def test_figure_is_superseded(count, api_of):
    client, path = api_of(), address(COUNTS, count.pk, "supersede")

    new = client.post(path, {"stated_value": 31, "stated_text": "31"})

    assert new.status_code == 201, new.content
    assert new.json()["supersedes"] == str(count.pk)
    assert new.json()["low"] == 31
    assert client.get(address(COUNTS, count.pk)).json()["state"] == "superseded"
    assert_problem(client.post(path, {"stated_value": 32}, headers={"If-Match": '"1"'}), 412)


def test_figure_is_verified_by_somebody_else(count, api_of):
    supervisor = api_of(Role.SUPERVISOR)
    own = ReportedCountFactory(recorded_by=supervisor.user)

    assert_problem(api_of().post(address(COUNTS, count.pk, "verify")), 403)
    assert_problem(supervisor.post(address(COUNTS, own.pk, "verify")), 400)
    done = supervisor.post(address(COUNTS, count.pk, "verify"))

    assert done.json()["state"] == "verified"
    assert done.json()["verified_by"] == str(supervisor.user.pk)


def test_outstanding_counts_are_those_of_stocks(count, organisation, api_of):
    ReportedCountFactory(flow=True)
    client = api_of()

    listed = client.get(address("outstanding-counts")).json()["results"]

    assert [row["id"] for row in listed] == [str(count.pk)]
    assert (
        "reported-counts"
        in assert_problem(client.post(address("outstanding-counts")), 405)["detail"]
    )


def test_assessment_is_approved_by_somebody_else(count, api_of):
    supervisor, caseworker = api_of(Role.SUPERVISOR), api_of()
    proposal = {
        "population": str(count.population_id),
        "as_of_edtf": "2024-11",
        "low": 30,
        "method": "The only claim.",
        "adopts": [str(count.pk)],
    }

    made = caseworker.post(address("assessments"), proposal)
    path = address("assessments", made.json()["id"], "approve")

    assert made.json()["adopts"] == [str(count.pk)]
    assert_problem(caseworker.post(path), 403)
    assert supervisor.post(path).json()["approved_by"] == str(supervisor.user.pk)
    other = {**proposal, "population": str(PopulationFactory().pk)}
    refused = assert_problem(caseworker.post(address("assessments"), other), 400)
    assert refused["errors"][0]["field"] == "adopts"


def test_discrepancy_has_two_sides(organisation, api_of):
    side = {"statement": str(StatementFactory().pk), "version_text": "Alexei"}
    one = {"title": "Name", "kind": "identity", "members": [side]}

    problem = assert_problem(api_of().post(address("discrepancies"), one), 400)

    assert problem["errors"][0]["field"] == "members"
    nested = {**one, "members": [side, {"version_text": "Sergei"}]}
    faults = assert_problem(api_of().post(address("discrepancies"), nested), 400)["errors"]
    assert [fault["field"] for fault in faults] == ["members.1.statement"]
    assert not Discrepancy.objects.exists()
