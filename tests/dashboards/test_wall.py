"""The wall: read from across a room, by itself."""

import re

import pytest

from cases.vocabulary.organisations import Role
from tests.dashboards.test_pages import text
from tests.factories import PopulationFactory
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db
WALL = "/dashboard/wall/"


def test_it_says_who_claims_what_and_when_it_was_read(manager, scene):
    page = manager.get(WALL)
    words = text(page)
    for word in ("Residents held", "more than 20", "Vladimir Medinsky", "SR-002", "Stale"):
        assert word in words
    assert re.search(r"Read \d+ \w+ \d{4} \d\d:\d\d UTC", words)


def test_it_reads_itself_again_with_and_without_a_script(manager):
    page = manager.get(WALL).content.decode()
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="60">\s*</noscript>', page)
    assert 'data-every="60"' in page
    assert "cases/wall.js" in page
    assert "These figures are old" in page


def test_what_does_not_fit_is_counted(manager):
    for number in range(6):
        stock(PopulationFactory(), 30 + number, says("A"))
    crowded = PopulationFactory(code="a", title="A crowded group", category="held")
    for name in "ABCDE":
        stock(crowded, 7, says(f"Speaker {name}"))
    words = text(manager.get(WALL))
    assert "and 2 more claimants" in words
    assert "3 more populations are on the overview" in words


def test_it_writes_nothing_and_takes_no_parameter(manager):
    assert manager.post(WALL).status_code == 405
    assert manager.get(WALL, {"x": "1"}).status_code == 400


def test_it_is_for_whoever_is_signed_in(client, client_of):
    assert client.get(WALL).status_code == 302
    assert client_of(Role.PARTNER).get(WALL).status_code == 403
