"""Some fields of a row, and links as the rows they lead to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.access.gate import System, acting_as
from cases.api.selection import expandable, listed_by
from cases.api.urls import RESOURCES
from cases.models import AuditEntry
from cases.vocabulary.organisations import Role
from tests.api.collections import address, make, reader
from tests.api.test_collections import assert_problem
from tests.factories import IndividualFactory, NoteFactory, TaskFactory

pytestmark = pytest.mark.django_db
ALL = sorted(RESOURCES)


def links_of(name):
    with acting_as(System("tests")):
        return sorted(expandable(listed_by(RESOURCES[name])()))


@pytest.mark.parametrize("name", ALL)
def test_only_what_is_asked_for_is_shown(name, organisation, api_of):
    row, client = make(name, organisation), api_of(reader(name), is_movement_cell=True)
    moment = RESOURCES[name].moment
    whole = client.get(address(name, row.pk)).json()

    for fields in ("id", f"{moment},id"):
        single = client.get(address(name, row.pk), {"fields": fields}).json()
        page = client.get(address(name), {"fields": fields, "page_size": 1}).json()

        assert single.keys() == {"id", "masked", *fields.split(",")}
        assert single == {key: whole[key] for key in single} | {"masked": single["masked"]}
        assert set(single["masked"]) <= set(whole["masked"])
        assert page["results"][0].keys() == single.keys()


@pytest.mark.parametrize("name", [name for name in ALL if links_of(name)])
def test_links_are_expanded_to_what_a_list_shows(name, organisation, api_of):
    row, client = make(name, organisation), api_of(reader(name), is_movement_cell=True)
    links = expandable(listed_by(RESOURCES[name])())
    plain = client.get(address(name, row.pk)).json()

    full = client.get(address(name, row.pk), {"expand": ",".join(links)})
    listed = client.get(address(name), {"expand": ",".join(links)})

    assert full.status_code == listed.status_code == 200, full.content
    in_list = next(one for one in listed.json()["results"] if one["id"] == str(row.pk))
    for link, resource in links.items():
        found = full.json()[link]
        if plain[link] is None or client.get(address(collection_of(resource))).status_code != 200:
            assert found == plain[link]
            continue
        key = plain[link]["id"] if isinstance(plain[link], dict) else plain[link]
        alone = client.get(address(collection_of(resource)), {"page_size": 200}).json()["results"]
        assert found == next(one for one in alone if one["id"] == key), link
        if link in in_list and in_list[link] is not None:
            assert in_list[link]["id"] == key


def collection_of(resource):
    return next(name for name, one in RESOURCES.items() if one is resource)


@pytest.mark.parametrize("name", [name for name in ALL if links_of(name)])
def test_expanding_more_rows_asks_no_more_queries(name, organisation, api_of):
    client = api_of(reader(name), is_movement_cell=True)
    make(name, organisation)
    expand = {"expand": ",".join(links_of(name))}
    client.get(address(name), expand)
    with CaptureQueriesContext(connection) as few:
        client.get(address(name), expand)
    for _ in range(3):
        make(name, organisation)

    with CaptureQueriesContext(connection) as many:
        assert client.get(address(name), expand).status_code == 200

    assert len(many) == len(few), [query["sql"] for query in many]


def test_what_is_unknown_is_refused_with_what_there_is(organisation, api_of):
    client = api_of()
    for parameter, value in (("fields", "id,nonsense"), ("expand", "nonsense"), ("fields", ",")):
        for path in (address("places"), address("places", make("places", organisation).pk)):
            problem = assert_problem(client.get(path, {parameter: value}), 400)

            assert problem["errors"][0]["field"] == parameter
            assert "There are:" in problem["detail"]


def test_what_is_left_out_is_not_expanded(organisation, api_of):
    asked = {"fields": "id,name", "expand": "parent"}

    problem = assert_problem(api_of().get(address("places"), asked), 400)

    assert problem["errors"][0]["code"] == "left_out"


def test_masked_fields_stay_null_and_are_named(organisation, api_of):
    row = IndividualFactory(circumstances="Hid in a cellar.")
    asked = {"fields": "case_number,circumstances"}

    shown = api_of(Role.MANAGER).get(address("individuals", row.pk), asked).json()

    assert shown["circumstances"] is None
    assert shown["masked"] == ["circumstances"]


def test_expanding_tells_nothing_of_an_unseen_row(organisation, other_organisation, api_of):
    theirs = IndividualFactory(organisation=other_organisation, circumstances="Theirs alone.")
    note = NoteFactory(organisation=organisation, individual=IndividualFactory())
    type(note)._base_manager.filter(pk=note.pk).update(individual=theirs)
    client = api_of(organisation=organisation)

    for answer in (
        client.get(address("notes", note.pk), {"expand": "individual"}),
        client.get(address("notes"), {"expand": "individual"}),
    ):
        assert b"Theirs alone" not in answer.content
        assert str(theirs.pk).encode() not in answer.content


def test_expanding_shows_nothing_protected_and_so_leaves_no_trace(organisation, api_of):
    person = IndividualFactory(birth_edtf="1950-03-04")
    task = TaskFactory(individual=person)
    reads = AuditEntry.objects.filter(act="read", target_id=person.pk)

    shown = api_of().get(address("tasks", task.pk), {"expand": "individual"}).json()

    assert shown["individual"]["id"] == str(person.pk)
    assert shown["individual"]["birth_edtf"] is None
    assert "birth_edtf" in shown["individual"]["masked"]
    assert not reads.exists()


def test_a_link_to_a_collection_that_is_not_read_stays_an_id(organisation, api_of):
    row = make("places", organisation)
    asked = {"expand": "recorded_by"}

    told, untold = (
        api_of(role).get(address("places", row.pk), asked).json()["recorded_by"]
        for role in (Role.SUPERVISOR, Role.CASEWORKER)
    )

    assert untold is None or isinstance(untold, str)
    assert told is None or isinstance(told, dict)


def test_pages_of_few_fields_follow_one_another(organisation, api_of):
    for _ in range(3):
        make("places", organisation)
    client, found = api_of(), []
    path = f"{address('places')}?fields=name&page_size=1"
    while path:
        page = client.get(path).json()
        found += page["results"]
        path = page["next"]

    assert len(found) >= 3
    assert len({one["id"] for one in found}) == len(found)
    assert all(one.keys() == {"id", "name", "masked"} for one in found)


def test_a_file_has_the_columns_asked_for_and_links_as_ids(organisation, api_of):
    make("places", organisation)
    client = api_of()

    file = client.get(address("places"), {"format": "csv", "fields": "id,name"})
    refused = client.get(address("places"), {"format": "csv", "expand": "parent"})

    assert b"".join(file).decode("utf-8-sig").splitlines()[0] == "id,name,masked"
    assert_problem(refused, 400)
