"""If-None-Match, Prefer, HEAD and OPTIONS."""

import pytest
from django.http import HttpResponse

from cases.api.base import AddResource, KeepResource
from cases.api.urls import RESOURCES
from cases.models import AuditEntry, Place
from cases.vocabulary.organisations import Role
from tests.api import collections
from tests.api.collections import ADDED, address, body, make, reader, writer
from tests.api.test_collections import assert_problem
from tests.factories import IndividualFactory, IndividualNameFactory, PlaceFactory, PlaceNameFactory
from tests.matrices import exhaustively

pytestmark = pytest.mark.django_db
ALL = sorted(RESOURCES)
PASSING = {"X-Request-Id", "RateLimit-Remaining"}
"""Headers that each answer has of its own."""
KEY = {"Idempotency-Key": "one key", "Prefer": "return=minimal"}


def test_what_the_caller_holds_is_not_sent_again(organisation, api_of):
    place, client = PlaceFactory(), api_of()
    path = address("places", place.pk)
    tag = client.get(path)["ETag"]

    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": given})

        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"1"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": "garbled"}).status_code == 200


def test_what_comes_along_changes_the_tag_and_not_the_version(organisation, api_of):
    place, client = PlaceFactory(), api_of()
    path = address("places", place.pk)
    tag = client.get(path)["ETag"]
    PlaceNameFactory(place=place, text="Another")

    now = client.get(path, headers={"If-None-Match": tag})
    done = client.patch(path, {"name": "Third"}, headers={"If-Match": tag})

    assert now.status_code == 200
    assert now["ETag"] != tag
    assert done.status_code == 200, done.content


def test_two_answers_of_one_version_have_two_tags(organisation, api_of):
    path, client = address("places", PlaceFactory().pk), api_of()

    assert client.get(path)["ETag"] != client.get(path, {"fields": "name"})["ETag"]


def test_not_modified_is_a_read_in_the_trail(organisation, api_of):
    person, client = IndividualFactory(birth_edtf="1950-03-04"), api_of()
    path = address("individuals", person.pk)
    tag = client.get(path)["ETag"]
    reads = AuditEntry.objects.filter(act="read", target_id=person.pk)
    before = reads.count()

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert reads.count() == before + 1 == 2


def test_an_unseen_row_is_none_whatever_the_caller_holds(organisation, other_organisation, api_of):
    path = address("individuals", IndividualFactory(organisation=other_organisation).pk)

    answer = api_of(organisation=organisation).get(path, headers={"If-None-Match": "*"})

    assert_problem(answer, 404)


@pytest.mark.parametrize("name", ADDED)
def test_a_new_row_is_left_out_where_that_is_preferred(name, organisation, api_of):
    client, sent = api_of(writer(name), is_movement_cell=True), body(name, organisation)

    answer = client.post(address(name), sent, headers={"Prefer": "return=minimal"})

    is_whole = name in collections.SHOWN_ONCE
    assert answer.status_code == (201 if is_whole else 204), answer.content
    assert answer["ETag"] == '"1"'
    assert client.get(answer["Location"]).status_code == 200
    if is_whole:
        assert answer.json()[collections.SHOWN_ONCE[name]]
        return
    assert answer.content == b""
    assert answer["Preference-Applied"] == "return=minimal"


def test_a_change_and_an_act_are_answered_without_the_row(organisation, api_of):
    client, place = api_of(), PlaceFactory()
    headers = {"Prefer": 'foo; bar, return = "minimal"', "If-Match": '"1"'}

    done = client.patch(address("places", place.pk), {"name": "Third"}, headers=headers)

    assert (done.status_code, done.content) == (204, b"")
    assert done["ETag"] == '"2"'


def test_preferred_and_sent_again(organisation, api_of):
    client, sent = api_of(), {"kind": "settlement", "name": "Suja"}

    first, again = (client.post(address("places"), sent, headers=KEY) for _ in range(2))
    full = client.post(address("places"), sent, headers={"Idempotency-Key": "one key"})

    assert (first.status_code, again.status_code, full.status_code) == (204, 204, 201)
    assert again.content == b""
    assert again["Idempotency-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert full.json()["name"] == "Suja"
    assert Place.objects.filter(name="Suja").count() == 1


def test_a_refusal_is_told_whatever_is_preferred(organisation, api_of):
    answer = api_of().post(address("places"), {}, headers={"Prefer": "return=minimal"})

    assert assert_problem(answer, 400)["errors"]


def plain(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name not in PASSING}


@pytest.mark.parametrize("name", ALL)
def test_head_is_get_without_the_body(name, organisation, api_of):
    row, client = make(name, organisation), api_of(reader(name), is_movement_cell=True)

    for path in (address(name), address(name, row.pk), f"{address(name)}?nonsense=1"):
        get, head = client.get(path), client.head(path)

        assert head.status_code == get.status_code
        assert head.content == b""
        assert plain(head) == plain(get)


PAIRS = [(name, role) for name in ALL for role in Role.values]
SAMPLE = [(name, Role.values[place % len(Role.values)]) for place, name in enumerate(ALL)]


@pytest.mark.parametrize("pair", exhaustively(PAIRS, SAMPLE), ids=str)
def test_allow_says_what_would_be_answered(pair, organisation, api_of):
    name, role = pair
    row, client = make(name, organisation), api_of(role, organisation=organisation)

    for path in (address(name), address(name, row.pk)):
        asked = client.options(path)
        allowed = set(asked["Allow"].split(", "))

        assert (asked.status_code, asked.content) == (204, b"")
        for method in ("get", "head", "post", "put", "patch", "delete"):
            answer = getattr(client, method)(path)
            is_offered = answer.status_code not in {403, 405}
            assert (method.upper() in allowed) is is_offered, (path, method, answer.status_code)
            if answer.status_code == 405:
                assert set(answer["Allow"].split(", ")) == allowed


def test_options_looks_at_no_row(organisation, other_organisation, api_of):
    row, client = make("places", organisation), api_of()

    assert client.options(address("places", row.pk)).content == b""
    assert (
        client.options(address("places", "no-id"))["Allow"]
        == client.options(address("places", row.pk))["Allow"]
    )


def test_options_of_acts_and_figures(organisation, api_of):
    person = IndividualFactory()
    IndividualNameFactory(individual=person)
    acts = address("individuals", person.pk, "status-events")

    assert api_of().options(acts)["Allow"] == "OPTIONS, POST"
    assert api_of(Role.MANAGER).options(acts)["Allow"] == "OPTIONS"
    assert api_of().options("/api/v1/outstanding/")["Allow"] == "GET, HEAD, OPTIONS"


def test_bulk_is_where_rows_are_added(organisation, api_of):
    client = api_of(Role.SUPERVISOR)
    for name, resource in RESOURCES.items():
        allowed = client.options(address(name, "bulk"))["Allow"]
        if not issubclass(resource, AddResource) or name in collections.BY_FORM:
            assert "POST" not in allowed
        elif issubclass(resource, KeepResource) and "POST" in allowed:
            assert "PATCH" in allowed
