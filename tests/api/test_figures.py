"""The figures of the five reports, in small: 30 held, eight returned, then more than 20."""

from datetime import UTC, datetime

import pytest

from cases.access import roles
from cases.access.gate import System, acting_as
from cases.access.sensitivity import OPEN
from cases.actions import assessments, counts
from cases.vocabulary.organisations import Role
from tests.api.test_collections import assert_problem
from tests.factories import (
    CitationFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    SpeakerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
OUTSTANDING, BRIDGE = "/api/v1/outstanding/", "/api/v1/outstanding/bridge/"
SUM = "/api/v1/outstanding/sum/"
FIRST, SECOND = datetime(2024, 11, 23, tzinfo=UTC), datetime(2025, 1, 10, tzinfo=UTC)


@pytest.fixture
def held(organisation):
    return PopulationFactory(code="kursk-held")


@pytest.fixture
def claims(held):
    """Thirty by nobody named; more than twenty by an official, learnt later; eight returned."""
    returned = PopulationFactory(code="kursk-returned", returned=True, leaves=held)
    nobody, named = StatementFactory(), SpeakerFactory().statement
    CitationFactory(statement=nobody)
    thirty = ReportedCountFactory(
        population=held, statement=nobody, as_of_edtf="2024-11-22", recorded_at=FIRST
    )
    eight = ReportedCountFactory(
        flow=True, population=returned, stated_value=8, as_of_edtf="2024-12-20", recorded_at=FIRST
    )
    twenty = ReportedCountFactory(
        population=held,
        statement=named,
        stated_value=20,
        more_than=True,
        as_of_edtf="2025-01-08",
        recorded_at=SECOND,
    )
    return {"thirty": thirty, "eight": eight, "twenty": twenty}


def test_outstanding_has_one_series_a_claimant(held, claims, api_of):
    answer = api_of(Role.MANAGER).get(OUTSTANDING, {"population": held.code}).json()

    found = {one["latest"]["stated_text"]: one for one in answer["series"]}
    assert found.keys() == {"30", "more than 20"}
    assert found["30"]["is_unattributed"]
    assert not found["more than 20"]["is_unattributed"]
    latest = found["more than 20"]["claims"][-1]
    assert (latest["low"], latest["high"]) == (21, None)
    assert answer["spread"] == {"lowest": 21, "highest": None}
    assert answer["adopted"] is None
    assert answer["population"]["id"] == str(held.pk)


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2024-11-22", set()),
        ("2024-11-23", {"30"}),
        ("2025-01-09T23:59:59Z", {"30"}),
        ("2025-01-10T02:00:00+02:00", {"30", "more than 20"}),
        ("2025-01-10", {"30", "more than 20"}),
    ],
)
def test_figures_are_hidden_before_they_were_known(known_at, expected, held, claims, api_of):
    sent = {"population": str(held.pk), "known_at": known_at}

    series = api_of().get(OUTSTANDING, sent).json()["series"]

    assert {one["latest"]["stated_text"] for one in series} == expected


def test_as_of_an_earlier_day_later_claims_are_not_yet(held, claims, api_of):
    sent = {"population": held.code, "valid_at": "2024-12-01"}

    assert len(api_of().get(OUTSTANDING, sent).json()["series"]) == 1


@pytest.mark.parametrize("by_id", [True, False])
def test_bridge_is_consistent(by_id, held, claims, api_of):
    ends = ("2024-11-22", "2025-01-08")
    if by_id:
        ends = (str(claims["thirty"].pk), str(claims["twenty"].pk))

    sent = {"population": held.code, "from": ends[0], "to": ends[1]}
    answer = api_of().get(BRIDGE, sent).json()

    assert answer["verdict"] == "consistent"
    assert answer["comparisons"][0]["expected"] == {"low": 22, "high": 22}
    assert [flow["claim"]["value"] for flow in answer["comparisons"][0]["used"]] == [8]
    assert "30 less 8 gives 22" in answer["comparisons"][0]["in_words"]


def test_bridge_without_a_claim_says_so(held, claims, api_of):
    sent = {"population": held.code, "from": "2020-01-01", "to": "2025-01-08"}

    assert "Nobody claims" in assert_problem(api_of().get(BRIDGE, sent), 400)["detail"]


@pytest.mark.parametrize("path", [OUTSTANDING, BRIDGE])
def test_population_has_to_be_named_and_known(path, held, api_of):
    client = api_of()
    ends = {"from": "2024-11-22", "to": "2025-01-08"} if path == BRIDGE else {}

    problem = assert_problem(client.get(path, ends), 400)

    assert "Say which population" in problem["detail"]
    for unknown in ("nowhere", "00000000-0000-4000-8000-000000000000"):
        assert_problem(client.get(path, {"population": unknown, **ends}), 404)
    assert_problem(client.get(f"{path}?population=a&population=b"), 400)


def test_bridge_needs_both_ends(held, api_of):
    problem = assert_problem(api_of().get(BRIDGE, {"population": held.code}), 400)

    assert problem["errors"][0]["field"] == "from"


def test_sum_over_two_populations_is_refused(held, claims, api_of):
    client = api_of()

    problem = assert_problem(
        client.get(f"{SUM}?population=kursk-held&population=kursk-returned"), 400
    )
    one = assert_problem(client.get(f"{SUM}?population=kursk-held"), 400)
    counted = assert_problem(
        client.get(f"{SUM}?count={claims['thirty'].pk}&count={claims['eight'].pk}"), 400
    )

    sentence = "Figures of different populations cannot be added: kursk-held, kursk-returned."
    assert problem["detail"].startswith(sentence)
    assert counted["detail"].startswith(sentence)
    assert "never added for you" in one["detail"]


def test_named_flows_are_added(held, api_of):
    flows = [
        ReportedCountFactory(population=held, measure="flow_of_event", stated_value=value)
        for value in (46, 8)
    ]
    answer = api_of().get(f"{SUM}?count={flows[0].pk}&count={flows[1].pk}").json()

    assert (answer["low"], answer["high"]) == (54, 54)
    assert len(answer["counts"]) == 2


def test_claims_of_one_stock_are_not_added(held, claims, api_of):
    refused = api_of().get(f"{SUM}?count={claims['thirty'].pk}&count={claims['twenty'].pk}")

    assert "They stand side by side" in assert_problem(refused, 400)["detail"]


def test_sum_needs_claims_that_are_seen(held, claims, other_organisation, api_of):
    client, stranger = api_of(), api_of(organisation=other_organisation)
    key = claims["thirty"].pk

    assert_problem(client.get(SUM), 400)
    assert_problem(client.get(f"{SUM}?count={key}&count={key}"), 400)
    assert_problem(stranger.get(f"{SUM}?count={key}"), 404)


def test_unseen_batch_of_a_seen_claim_is_null(held, organisation, other_organisation, api_of):
    batch = RepatriationBatchFactory(organisation=organisation)
    ReportedCountFactory(population=held, batch=batch, is_published=True)

    def shown(client):
        return client.get(OUTSTANDING, {"population": held.code}).json()["series"][0]["latest"]

    assert shown(api_of())["batch"] == str(batch.pk)
    assert shown(api_of(organisation=other_organisation))["batch"] is None


def test_private_claimant_leaves_no_id_behind(held, organisation, other_organisation, api_of):
    speaker = SpeakerFactory(private=True)
    ReportedCountFactory(population=held, statement=speaker.statement, is_published=True)

    client = api_of(organisation=other_organisation)
    answer = client.get(OUTSTANDING, {"population": held.code})
    listed = client.get("/api/v1/reported-counts/")

    for response in (answer, listed):
        assert str(speaker.contact_id) not in response.content.decode()
        assert speaker.contact.name not in response.content.decode()
        assert "name withheld" in response.content.decode()


def test_adopted_figure_and_contradictions_are_told(held, organisation, api_of):
    one = ReportedCountFactory(population=held, stated_value=1500)
    with acting_as(System("tests")) as system:
        counts.report(
            by=system,
            organisation=organisation,
            statement=StatementFactory(),
            population=held,
            measure="stock",
            stated_text="3000",
            stated_value=3000,
            qualifier="exact",
            as_of_edtf=one.as_of_edtf,
        )
        adopted = assessments.assess(
            by=system, organisation=organisation, population=held,
            as_of_edtf="2024-11-22", low=1500, method="The lower one.", adopts=[one],
        )  # fmt: skip
    supervisor = api_of(Role.SUPERVISOR)
    supervisor.post(f"/api/v1/assessments/{adopted.pk}/approve/")

    answer = supervisor.get(OUTSTANDING, {"population": held.code}).json()

    assert answer["adopted"]["low"] == 1500
    assert {side["version_text"] for side in answer["discrepancies"][0]["sides"]} == {
        "1500",
        "3000",
    }
    assert answer["discrepancies"][0]["origins"] == 2


def test_number_of_queries_does_not_grow(held, organisation, api_of, django_assert_max_num_queries):
    for value in range(20):
        SpeakerFactory(
            statement=(count := ReportedCountFactory(population=held, stated_value=value)).statement
        )
        CitationFactory(statement=count.statement)

    client = api_of()
    with django_assert_max_num_queries(22):
        client.get(OUTSTANDING, {"population": held.code})


def test_figures_are_only_read(held, api_of):
    for path in (OUTSTANDING, BRIDGE, SUM, "/api/v1/reconciliation/"):
        for method in ("post", "put", "patch", "delete"):
            assert_problem(getattr(api_of(), method)(path), 405)


def test_role_without_the_act_is_refused(held, organisation, api_of, monkeypatch):
    powers = {
        **roles.POWERS,
        Role.MANAGER: roles.Powers(frozenset(), roles.Reach.NOTHING, OPEN),
    }
    monkeypatch.setattr("cases.access.actor.POWERS", powers)

    assert_problem(api_of(Role.MANAGER).get(OUTSTANDING, {"population": held.code}), 403)
