"""Tracing requests over the API: searched, proposed, decided; who asks is told to few."""

import pytest

from cases.models import TracingRequest
from cases.vocabulary.organisations import Role
from tests.actions.tracing import described, named, proposed
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import (
    ContactFactory,
    IndividualFactory,
    TracingActionFactory,
    TracingCandidateFactory,
    TracingRequestFactory,
)

pytestmark = pytest.mark.django_db
REQUESTS, CANDIDATES = "tracing-requests", "tracing-candidates"


def assert_fault(response, field, code):
    (fault,) = assert_problem(response, 400)["errors"]
    assert (fault["field"], fault["code"]) == (field, code)


def test_from_the_letter_to_the_answer(api_of):
    """A mother asks, a case is found by its name, two people say so, and she hears of it."""
    caseworker, supervisor = api_of(Role.CASEWORKER), api_of(Role.SUPERVISOR)
    person = named("Анна Петрова")
    asked = {"enquirer": str(ContactFactory().pk), "relation": "mother", "may_be_named": True,
             "sought_names": "Petrova Anna", "asked_edtf": "2024-10"}  # fmt: skip

    request = caseworker.post(address(REQUESTS), asked).json()
    path = address(REQUESTS, request["id"])
    action = {"kind": "checked_records", "text": "Read the lists.", "done_edtf": "2024-10~"}
    assert caseworker.post(f"{path}actions/", action).status_code == 201
    (match,) = caseworker.get(f"{path}matches/").json()["results"]
    assert match["individual"] == str(person.pk)
    proposal = caseworker.post(f"{path}candidates/", {"individual": match["individual"]}).json()
    assert proposal["reasons"] == "; ".join(match["reasons"])
    decide = address(CANDIDATES, proposal["id"], "confirm")
    assert_problem(caseworker.post(decide, {}), 403)
    assert supervisor.post(decide, {"reason": "Born the same day."}).status_code == 200
    now = caseworker.get(path)
    assert (now.json()["state"], now.json()["individual"]) == ("found", str(person.pk))
    told = {"kind": "told_enquirer", "text": "Rang her."}
    assert_fault(caseworker.post(f"{path}actions/", told), "kind", "not_agreed")
    wished = caseworker.patch(path, {"contact_wish": "contact"}, headers={"If-Match": now["ETag"]})
    assert wished.status_code == 200
    assert caseworker.post(f"{path}actions/", told).status_code == 201
    end = {"to_state": "closed", "outcome": "found_informed", "reason": "They spoke."}
    closed = caseworker.post(f"{path}transitions/", end).json()
    assert (closed["state"], closed["outcome"]) == ("closed", "found_informed")


def test_a_stale_writer_is_told(api_of):
    client, row = api_of(), TracingRequestFactory()

    for part, body in (("transitions", {"to_state": "in_progress"}),
                       ("actions", {"kind": "spoke", "text": "Rang."})):  # fmt: skip
        answer = client.post(address(REQUESTS, row.pk, part), body, headers={"If-Match": '"9"'})
        assert answer.status_code == 412
    assert TracingRequest.objects.get().state == "received"


@pytest.mark.parametrize(
    ("part", "body", "field"),
    [
        ("transitions", {"to_state": "lost"}, "to_state"),
        ("transitions", {"to_state": "closed", "outcome": "lost", "reason": "x"}, "outcome"),
        ("transitions", {"to_state": "closed", "outcome": "not_found"}, "reason"),
        ("transitions", {"to_state": "found"}, "to_state"),
        ("actions", {"kind": "step", "text": "x"}, "kind"),
        ("actions", {"kind": "spoke"}, "text"),
        ("actions", {"kind": "spoke", "text": "x", "done_edtf": "last week"}, "done_edtf"),
        ("candidates", {"individual": "x"}, "individual"),
        ("candidates", {}, "individual"),
        ("anonymise", {"number": "T-1"}, "state"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(part, body, field, api_of):
    client, row = api_of(Role.SUPERVISOR), described()

    answer = client.post(address(REQUESTS, row.pk, part), body)

    assert answer.status_code == 400
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert TracingRequest.objects.get().version == 1


def test_another_organisations_case_is_not_there(api_of, other_organisation):
    client, row = api_of(), described()
    foreign = named(organisation=other_organisation)

    assert client.get(address(REQUESTS, row.pk, "matches")).json() == {"results": []}
    answer = client.post(
        address(REQUESTS, row.pk, "candidates"), {"individual": str(foreign.pk), "why": "x"}
    )
    assert_fault(answer, "individual", "not_found")


def test_who_asks_is_in_no_list_and_behind_no_filter_of_those_who_may_not_read_it(api_of):
    row = TracingRequestFactory()
    caseworker, manager = api_of(Role.CASEWORKER), api_of(Role.MANAGER)

    (listed,) = caseworker.get(address(REQUESTS)).json()["results"]
    assert listed["enquirer"] is None
    assert "enquirer" in listed["masked"]
    assert caseworker.get(address(REQUESTS, row.pk)).json()["enquirer"] == str(row.enquirer_id)
    read = manager.get(address(REQUESTS, row.pk)).json()
    assert {"enquirer", "sought_names", "individual", "circumstances"} <= set(read["masked"])
    for name, value in (("enquirer", str(row.enquirer_id)), ("q", "Anna"), ("sex", "female")):
        assert_fault(manager.get(address(REQUESTS), {name: value}), name, "masked")


def test_an_enquirer_out_of_sight_is_null(api_of):
    row = TracingRequestFactory(enquirer__sensitivity="restricted")

    assert api_of().get(address(REQUESTS, row.pk)).json()["enquirer"] is None
    cleared = api_of(is_cleared_for_restricted=True)
    assert cleared.get(address(REQUESTS, row.pk)).json()["enquirer"] is not None
    found = api_of().get(address(REQUESTS), {"enquirer": str(row.enquirer_id)})
    assert found.json()["results"] == []


@pytest.mark.parametrize("restricted", ["sensitivity", "individual__sensitivity"])
def test_what_hangs_on_a_restricted_request_is_restricted(restricted, api_of):
    request = TracingRequestFactory(**{restricted: "restricted"})
    action = TracingActionFactory(request=request)
    candidate = TracingCandidateFactory(request=request, rejected=True)
    rows = [(REQUESTS, request), ("tracing-actions", action), (CANDIDATES, candidate)]

    for name, row in rows:
        assert api_of().get(address(name, row.pk)).status_code == 404, name
        assert api_of().get(address(name)).json()["results"] == [], name
        cleared = api_of(is_cleared_for_restricted=True)
        assert cleared.get(address(name, row.pk)).status_code == 200, name


def test_a_candidate_who_is_restricted_is_not_there(api_of):
    row = TracingCandidateFactory(individual__sensitivity="restricted")

    assert api_of().get(address(CANDIDATES, row.pk)).status_code == 404


def test_a_partner_sees_its_own_requests_and_what_it_did_for_them(api_of):
    client = api_of(Role.PARTNER)
    own = described(recorded_by=client.user)
    staffs = proposed(request=own)
    described()

    assert [row["id"] for row in client.get(address(REQUESTS)).json()["results"]] == [str(own.pk)]
    assert client.get(address(CANDIDATES, staffs.pk)).status_code == 404
    answer = client.post(
        address(REQUESTS, own.pk, "candidates"),
        {"individual": str(IndividualFactory(recorded_by=client.user).pk), "why": "Her sister."},
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"q": "Петрова"}, True),
        ({"q": "Ivanova"}, False),
        ({"state": "received"}, True),
        ({"state": "closed"}, False),
        ({"asked_before": "2024-10-01"}, True),
        ({"asked_after": "2025-01-01"}, False),
        ({"priority": "urgent"}, False),
    ],
)
def test_requests_are_narrowed(asked, is_found, api_of):
    described(asked_edtf="2024-10")

    assert bool(api_of().get(address(REQUESTS), asked).json()["results"]) is is_found


def test_actions_and_candidates_are_of_one_request(api_of):
    client, action, candidate = api_of(), TracingActionFactory(), TracingCandidateFactory()

    for name, row in (("tracing-actions", action), (CANDIDATES, candidate)):
        found = client.get(address(name), {"request": str(row.request_id)}).json()["results"]
        assert [one["id"] for one in found] == [str(row.pk)]
        assert_problem(client.post(address(name), {}), 405)


def test_a_reader_of_no_names_searches_by_none(api_of):
    row = described()

    assert_problem(api_of(Role.MANAGER).get(address(REQUESTS, row.pk, "matches")), 403)


def test_a_case_that_has_passed_on_is_null(api_of, other_organisation):
    row = TracingCandidateFactory(rejected=True)
    row.individual.organisation = other_organisation
    row.individual.save()

    answer = api_of().get(address(CANDIDATES, row.pk))

    assert answer.status_code == 200
    assert answer.json()["individual"] is None


def test_a_rejection_and_its_taking_back(api_of):
    client, supervisor = api_of(Role.CASEWORKER), api_of(Role.SUPERVISOR)
    path = address(CANDIDATES, proposed().pk)

    rejected = client.post(f"{path}reject/", {"reason": "Another mother."}).json()
    assert (rejected["state"], rejected["decision_reason"]) == ("rejected", "Another mother.")
    assert_problem(client.post(f"{path}take-back/", {"reason": "A slip."}), 403)
    assert supervisor.post(f"{path}take-back/", {"reason": "A slip."}).status_code == 200
