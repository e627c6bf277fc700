"""Many rows in one request: each as if it were sent alone, all in one transaction."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEntry, IdempotencyKey, Place
from cases.vocabulary.organisations import Role
from tests.api import collections
from tests.api.collections import ADDED, KEPT, address, body, make, writer
from tests.api.test_collections import assert_problem, change_of
from tests.factories import IndividualFactory, IndividualNameFactory, PlaceFactory

pytestmark = pytest.mark.django_db
PLACES = address("places", "bulk")
GOOD = {"kind": "settlement", "name": "Suja"}
BAD = {"kind": "nonsense", "name": "Suja"}
KEY = {"Idempotency-Key": "one key for all"}


def changes(*places, **fields):
    return [{"id": str(place.pk), "version": place.version, **fields} for place in places]


@pytest.mark.parametrize("name", ADDED)
def test_a_row_is_added_as_if_it_were_alone(name, organisation, api_of):
    client, sent = api_of(writer(name), is_movement_cell=True), body(name, organisation)

    answer = client.post(address(name, "bulk"), {"rows": [sent]})

    assert answer.status_code == 201, answer.content
    (one,) = answer.json()["results"]
    assert (one["number"], one["status"], one["problem"]) == (1, 201, None)
    listed = client.get(address(name), {"page_size": 200}).json()["results"]
    once = dict.fromkeys(filter(None, [collections.SHOWN_ONCE.get(name)]))
    assert one["row"] | once == next(row for row in listed if row["id"] == one["id"])
    assert not once or all(one["row"][secret] for secret in once)


@pytest.mark.parametrize("name", sorted({*KEPT} - {"organisations"}))
def test_a_row_is_changed_as_if_it_were_alone(name, organisation, api_of):
    client = api_of(writer(name), is_movement_cell=True, organisation=organisation)
    row = make(name, organisation)
    change = {"id": str(row.pk), "version": 1, **change_of(name)}

    stale = client.patch(address(name, "bulk"), {"rows": [{**change, "version": 9}]})
    answer = client.patch(address(name, "bulk"), {"rows": [change]})

    assert_problem(stale, 412)
    assert answer.status_code == 200, answer.content
    (one,) = answer.json()["results"]
    assert (one["id"], one["version"], one["status"]) == (str(row.pk), 2, 200)


def test_all_or_nothing_names_the_rows(organisation, api_of):
    before = AuditEntry.objects.filter(act="recorded").count()

    problem = assert_problem(api_of().post(PLACES, {"rows": [GOOD, BAD, GOOD, {}]}), 400)

    assert {fault["field"] for fault in problem["errors"]} == {
        "rows.1.kind", "rows.3.kind", "rows.3.name",
    }  # fmt: skip
    assert problem["errors"][0]["message"].startswith("Row 2: “nonsense” is not one of")
    assert not Place.objects.filter(name="Suja").exists()
    assert AuditEntry.objects.filter(act="recorded").count() == before


def test_row_by_row_writes_the_good_ones(organisation, api_of):
    answer = api_of().post(PLACES, {"mode": "each", "rows": [GOOD, BAD, "no object", GOOD]})

    assert answer.status_code == 207, answer.content
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201, 400, 400, 201]
    assert [one["number"] for one in results] == [1, 2, 3, 4]
    assert results[1]["problem"]["errors"][0]["field"] == "kind"
    assert results[1]["id"] is results[1]["row"] is None
    assert Place.objects.filter(name="Suja").count() == 2
    keys = [one["id"] for one in results if one["id"]]
    assert AuditEntry.objects.filter(act="recorded", target_id__in=keys).count() == 2


def test_each_row_has_its_version_and_stale_ones_are_told(organisation, api_of):
    fresh, stale, gone = PlaceFactory(), PlaceFactory(), PlaceFactory.build()
    rows = changes(fresh, stale, gone, fresh, name="Third")
    rows[1]["version"] = 4

    answer = api_of().patch(PLACES, {"mode": "each", "rows": rows})

    assert [one["status"] for one in answer.json()["results"]] == [200, 412, 404, 400]
    assert "named twice" in answer.json()["results"][3]["problem"]["detail"]
    fresh.refresh_from_db()
    stale.refresh_from_db()
    assert (fresh.name, fresh.version) == ("Third", 2)
    assert stale.version == 1


@pytest.mark.parametrize("version", [None, "1", True, 1.0])
def test_a_change_without_its_version_is_refused(version, organisation, api_of):
    rows = [{"id": str(PlaceFactory().pk), "version": version, "name": "Third"}]

    problem = assert_problem(api_of().patch(PLACES, {"rows": rows}), 400)

    assert problem["errors"][0]["field"] == "rows.0.version"


@pytest.mark.parametrize("rows", [[], [GOOD] * 501, None, "rows", {}, [None]])
def test_numbers_of_rows_that_are_refused(rows, organisation, api_of):
    problem = assert_problem(api_of().post(PLACES, {"rows": rows}), 400)

    assert problem["errors"][0]["field"].startswith("rows")
    if isinstance(rows, list) and len(rows) > 500:
        assert problem["detail"].startswith("At most 500 rows at once; these are 501.")


def test_if_match_is_for_one_row(organisation, api_of):
    answer = api_of().post(PLACES, {"rows": [GOOD]}, headers={"If-Match": '"1"'})

    assert_problem(answer, 400)


def test_one_key_stands_for_all_rows(organisation, api_of):
    client, sent = api_of(), {"mode": "each", "rows": [GOOD, BAD, GOOD]}

    first, again = (client.post(PLACES, sent, headers=KEY) for _ in range(2))
    other = client.post(PLACES, {"rows": [GOOD]}, headers=KEY)

    assert first.status_code == again.status_code == 207
    assert again["Idempotency-Replayed"] == "true"
    told = [[(one["status"], one["id"]) for one in answer.json()["results"]]
            for answer in (first, again)]  # fmt: skip
    assert told[0] == told[1]
    assert again.json()["results"][0] == first.json()["results"][0]
    assert "when it was first sent" in again.json()["results"][1]["problem"]["detail"]
    assert_problem(other, 422)
    assert Place.objects.filter(name="Suja").count() == 2


def test_a_key_holds_for_changes_and_is_free_after_a_refusal(organisation, api_of):
    client, place = api_of(), PlaceFactory()
    sent = {"rows": changes(place, name="Third")}
    refused = client.patch(PLACES, {"rows": changes(place, kind="nonsense")}, headers=KEY)

    first, again = (client.patch(PLACES, sent, headers=KEY) for _ in range(2))

    assert_problem(refused, 400)
    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    place.refresh_from_db()
    assert place.version == 2
    assert IdempotencyKey.objects.count() == 1


def test_rows_are_left_out_where_that_is_preferred(organisation, api_of):
    answer = api_of().post(PLACES, {"rows": [GOOD]}, headers={"Prefer": "return=minimal"})

    assert answer["Preference-Applied"] == "return=minimal"
    (one,) = answer.json()["results"]
    assert one.keys() == {"number", "status", "id", "version", "problem"}
    assert one["version"] == 1


def test_rows_of_others_are_as_random_ones_and_the_probe_is_in_the_trail(
    organisation, other_organisation, api_of
):
    client = api_of(organisation=organisation)
    theirs = IndividualFactory(organisation=other_organisation)
    told = [
        client.patch(
            address("individuals", "bulk"),
            {"mode": "each", "rows": [{"id": str(key), "version": 1, "priority": "urgent"}]},
        ).json()
        for key in (theirs.pk, uuid4())
    ]

    assert told[0] == told[1]
    assert told[0]["status"] == 404
    assert told[0]["errors"][0]["field"] == "rows.0"
    theirs.refresh_from_db()
    assert theirs.version == 1
    assert AuditEntry.objects.filter(outcome="refused", model="individual").count() == 2


def test_rows_come_as_in_a_list_and_so_without_what_is_protected(organisation, api_of):
    name = IndividualNameFactory()
    rows = [{"id": str(name.individual_id), "version": 1, "birth_edtf": "1950-03-04"}]

    answer = api_of().patch(address("individuals", "bulk"), {"rows": rows})

    assert answer.status_code == 200, answer.content
    (one,) = answer.json()["results"]
    assert one["row"]["birth_edtf"] is None
    assert "birth_edtf" in one["row"]["masked"]
    assert not AuditEntry.objects.filter(act="read").exists()


def test_readers_write_nothing(organisation, api_of):
    for role in (Role.MANAGER, Role.AUDITOR):
        assert_problem(api_of(role).post(PLACES, {"rows": [GOOD]}), 403)
        assert_problem(api_of(role).patch(PLACES, {"rows": changes(PlaceFactory())}), 403)


def test_showing_more_rows_asks_no_more_queries(organisation, api_of):
    client = api_of()

    def reading(number):
        with CaptureQueriesContext(connection) as asked:
            client.post(PLACES, {"rows": [GOOD] * number})
        return sum("place_name" in query["sql"].lower().replace("placename", "place_name")
                   and query["sql"].startswith("SELECT") for query in asked)  # fmt: skip

    assert reading(1) == reading(4)


def test_files_are_taken_in_one_at_a_time(organisation, api_of):
    assert_problem(api_of().post(address("imports", "bulk"), {"rows": [{}]}), 405)
