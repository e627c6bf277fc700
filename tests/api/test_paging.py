"""Pages by key: all rows once, forward and back."""

import pytest
from django.core import signing

from cases.api import pagination
from cases.models import Place
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db
PLACES = address("places")


def ids(page):
    return [row["id"] for row in page["results"]]


def test_pages_hold_every_row_once_and_lead_back(organisation, api_of):
    client = api_of()
    same_moment = PlaceFactory().updated_at
    for _ in range(6):
        PlaceFactory(updated_at=same_moment)
    expected = [str(p.pk) for p in Place.objects.order_by("-updated_at", "pk")]

    pages = [client.get(PLACES, {"page_size": 3}).json()]
    while pages[-1]["next"]:
        pages.append(client.get(pages[-1]["next"]).json())
    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(client.get(back[-1]["previous"]).json())

    assert [key for page in pages for key in ids(page)] == expected
    assert [ids(page) for page in reversed(back)] == [ids(page) for page in pages]
    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert pages[0]["previous"] is None
    assert back[-1]["next"]


def test_next_keeps_the_filters(organisation, api_of):
    PlaceFactory.create_batch(2, kind="settlement")
    PlaceFactory(kind="oblast")

    first = api_of().get(PLACES, {"page_size": 1, "kind": "settlement"}).json()

    assert "kind=settlement" in first["next"]


def test_empty_list_has_no_neighbours(organisation, api_of):
    assert api_of().get(PLACES).json() == {"next": None, "previous": None, "results": []}


def test_count_is_exact_up_to_a_limit(organisation, api_of, monkeypatch):
    PlaceFactory.create_batch(3)
    client = api_of()

    exact = client.get(PLACES, {"include": "count"}).json()
    monkeypatch.setattr(pagination, "LARGEST_COUNT", 2)
    bound = client.get(PLACES, {"include": "count"}).json()

    assert (exact["count"], exact["count_is_lower_bound"]) == (3, False)
    assert (bound["count"], bound["count_is_lower_bound"]) == (2, True)


@pytest.mark.parametrize("size", ["0", "-1", "abc", "201", "9" * 30, "1.5", "٣", "", " 5"])
def test_page_sizes_that_are_none_are_refused(size, organisation, api_of):
    problem = assert_problem(api_of().get(PLACES, {"page_size": size}), 400)

    assert problem["errors"][0]["field"] == "page_size"


@pytest.mark.parametrize("cursor", ["", "x", "eyJ:1:2", "ab:cd:ef", "\u2028", "a" * 9000])
def test_tampered_cursors_are_refused(cursor, organisation, api_of):
    assert_problem(api_of().get(PLACES, {"cursor": cursor}), 400)


def test_cursor_signed_for_something_else_is_refused(organisation, api_of):
    forged = signing.dumps([False, "2024-11-22T00:00:00+00:00", "x"], salt="another")

    assert_problem(api_of().get(PLACES, {"cursor": forged}), 400)


def test_nothing_but_a_count_is_included(organisation, api_of):
    problem = assert_problem(api_of().get(PLACES, {"include": "people"}), 400)

    assert problem["errors"][0]["field"] == "include"
