"""Query strings: every parameter of every address, with what breaks others."""

import pytest
from django.urls import reverse

from cases.api.urls import RESOURCES
from cases.vocabulary.organisations import Role
from tests.api.collections import address, make, reader
from tests.api.test_collections import assert_problem
from tests.factories import IndividualFactory, PlaceFactory, RepatriationBatchFactory
from tests.matrices import exhaustively

pytestmark = pytest.mark.django_db
ALL = sorted(RESOURCES)
BAD = [
    "\x00",
    "9" * 30,
    "-1",
    "0000-01-01",
    "10000-01-01",
    "2023-02-30",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "%",
    "'\"\\",
    "x" * 8000,
    "\ud800".encode("utf-8", "surrogatepass"),
    "٢٠٢٤-١١-٢٢",
    "true ",
]
FIGURES = {
    "outstanding": ("population", "valid_at", "known_at"),
    "bridge": ("population", "from", "to", "known_at"),
    "sum": ("population", "count"),
    "matches": ("q", "sex", "born"),
    "reconciliation": ("batch",),
    "pfif": ("min_entry_date", "max_results", "person_record_id"),
}

FREE_TEXT = {"q"}
"""A name may be anything that has a letter or a digit."""

SAMPLE = {"individuals", "reported-counts", "repatriation-batches"}


@pytest.mark.parametrize("name", exhaustively(ALL, SAMPLE))
def test_no_value_of_a_filter_breaks_a_list(name, organisation, api_of):
    client = api_of(reader(name))
    make(name, organisation)
    for parameter in RESOURCES[name].filterset_class.base_filters:
        for value in BAD:
            response = client.get(address(name), {parameter: value})
            assert response.status_code in {200, 400}, (parameter, value)
        assert_problem(client.get(address(name), {parameter: "\x00"}), 400)


@pytest.mark.parametrize("name", FIGURES)
def test_no_value_of_a_parameter_breaks_a_figure(name, organisation, api_of):
    client, path = api_of(), reverse(f"api:{name}")
    for parameter in FIGURES[name]:
        for value in BAD:
            response = client.get(path, {parameter: value})
            fine = {200} if parameter in FREE_TEXT else set()
            assert response.status_code in {400, 404} | fine, (parameter, value)


def test_unknown_parameters_are_named(organisation, api_of):
    clients = {role: api_of(role) for role in {reader(name) for name in ALL}}
    unknown = ["ordering", "search", "limit", "kind__in", "pk"]
    for name in ALL:
        sent = dict.fromkeys(unknown, "json")
        problem = assert_problem(clients[reader(name)].get(address(name), sent), 400)

        assert [fault["field"] for fault in problem["errors"]] == unknown
        assert {fault["code"] for fault in problem["errors"]} == {"unknown_parameter"}


def test_details_and_writes_take_no_parameters(organisation, api_of):
    place, client = PlaceFactory(), api_of()

    assert_problem(client.get(address("places", place.pk), {"kind": "oblast"}), 400)
    assert_problem(client.post(f"{address('places')}?kind=oblast", {"name": "x"}), 400)


def test_parameter_that_stands_twice_is_refused(organisation, api_of):
    problem = assert_problem(api_of().get(f"{address('places')}?kind=oblast&kind=country"), 400)

    assert problem["errors"][0]["code"] == "repeated_parameter"


def test_filters_narrow(organisation, api_of):
    russia = PlaceFactory(kind="country", name="Russia", iso_3166_1="RU")
    kursk = PlaceFactory(kind="oblast", name="Kursk Oblast", parent=russia)
    client = api_of()

    def found(**parameters):
        return {row["name"] for row in client.get(address("places"), parameters).json()["results"]}

    assert found(kind="oblast") == {"Kursk Oblast"}
    assert found(parent=russia.pk) == {"Kursk Oblast"}
    assert found(iso_3166_1="RU") == {"Russia"}
    assert found(updated_after=kursk.updated_at.isoformat()) == set()
    assert found(recorded_before="2020-01-01T00:00:00Z") == set()


def test_dates_that_may_be_so_are_found(organisation, api_of):
    for code, written in (("day", "2024-11-22"), ("month", "2024-11"), ("from", "2024-11/..")):
        RepatriationBatchFactory(code=code, arrived_edtf=written, departed_edtf="")
    RepatriationBatchFactory(code="undated", arrived_edtf="")
    client = api_of(is_movement_cell=True)

    def found(**parameters):
        listed = client.get(address("repatriation-batches"), parameters).json()["results"]
        return {row["code"] for row in listed}

    assert found(arrived_after="2024-11-23") == {"month", "from"}
    assert found(arrived_before="2024-11-21") == {"month", "from"}
    assert found(arrived_after="2025-01-01") == {"from"}
    assert found(arrived_before="2024-10-31") == set()


def test_emptiness_and_truth_are_filtered(organisation, api_of):
    IndividualFactory()
    batch = RepatriationBatchFactory(published=True)
    client = api_of(Role.MANAGER)

    def found(collection, **parameters):
        return len(client.get(address(collection), parameters).json()["results"])

    slot = make("batch-slots", organisation, batch=batch, bound=True)
    make("batch-slots", organisation, batch=batch)
    assert found("batch-slots", is_bound="true") == 1
    assert found("batch-slots", is_bound="false") == 1
    assert found("batch-slots", number=str(slot.number)) == 1
    assert found("repatriation-batches", is_published="true") == 1
    assert found("repatriation-batches", is_published="false") == 0
    assert found("repatriation-batches", q=batch.title.split()[1]) == 1
