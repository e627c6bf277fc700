"""What the reader may change of the outstanding page: all of it in the address."""

import re
from datetime import UTC, datetime

import pytest

from tests.dashboards.test_pages import OUTSTANDING, text
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db
JULY = {"population": "held", "from": "2025-07-01", "to": "2025-07-31"}
PART = {"HTTP_HX_REQUEST": "true"}


def chart(response) -> str:
    """The wide chart of claims alone."""
    content: str = response.content.decode()
    return content.split('<svg class="chart chart-wide"')[1].split("</svg>", maxsplit=1)[0]


def links(response, start: str) -> list[str]:
    found = re.findall(rf'id="{start}[^"]*"\s+href="([^"]+)"', response.content.decode())
    return [address.replace("&amp;", "&") for address in found]


def test_a_period_leaves_out_of_the_chart_what_lies_outside_and_says_so(manager, scene):
    response = manager.get(OUTSTANDING, JULY)
    words = text(response)
    assert "Drawn is the period from 1 July 2025 to 31 July 2025." in words
    assert "1 figure lies outside this period and is not drawn." in words
    assert str(scene["thirty"].pk) in chart(response)
    assert str(scene["twenty"].pk) not in chart(response)
    assert "2 claimants, side by side: “more than 20” and “30”." in words


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ({"from": "2025-07-10"}, "Drawn is the period from 10 July 2025 on."),
        ({"to": "2025-07-10"}, "Drawn is the period until 10 July 2025."),
        ({"to": "2019-01-01"}, "widen the period, or draw a claimant"),
        ({"from": "2100-01-01"}, "widen the period, or draw a claimant"),
    ],
)
def test_a_period_may_be_open_and_may_be_empty(manager, scene, period, sentence):
    assert sentence in text(manager.get(OUTSTANDING, {"population": "held", **period}))


def test_a_claimant_is_left_out_and_drawn_again(manager, scene):
    first, _second = links(manager.get(OUTSTANDING, {"population": "held"}), "claimant-")
    without = manager.get(first)
    assert "Left out of the chart: Vladimir Medinsky." in text(without)
    assert str(scene["twenty"].pk) not in chart(without)
    assert "2 claimants, side by side" in text(without)
    again, both = links(without, "claimant-")
    assert "without" not in again
    assert "widen the period, or draw a claimant" in text(manager.get(both))


def test_a_claimant_who_says_nothing_that_day_may_be_left_out(manager, scene):
    query = {"population": "held", "without": "0123456789ab"}
    assert "2 claimants, side by side" in text(manager.get(OUTSTANDING, query))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (JULY | {"from": "2025-08-01"}, "Turn them round."),
        (JULY | {"from": "2025-02-30"}, "is not a day that from can be"),
        (JULY | {"to": "99999-01-01"}, "is not a day that to can be"),
        ({"without": "nobody"}, "“without” names claimants who cannot be"),
        ({"without": [f"{n:012x}" for n in range(21)]}, "“without” names claimants"),
        ({"from": ["2025-01-01", "2025-01-02"]}, "more than once"),
    ],
)
def test_what_cannot_be_gets_a_sentence(manager, scene, query, sentence):
    for extra in ({}, PART):
        response = manager.get(OUTSTANDING, query, **extra)
        assert response.status_code == 400
        assert sentence in response.content.decode()


def test_the_replay_goes_back_to_each_day_on_which_something_became_known(manager, scene):
    early = datetime(2020, 1, 1, 12, tzinfo=UTC)
    stock(scene["held"], 99, says("Zhanna"), as_of_edtf="2019-12", recorded_at=early)
    stops = links(manager.get(OUTSTANDING, {"population": "held"}), "moment-")
    assert len(stops) == 3
    assert "Nobody has claimed a figure." in text(manager.get(stops[0]))
    then, now = text(manager.get(stops[1])), text(manager.get(stops[2]))
    assert "1 January 2020: “99” became known." in then
    assert "One claimant." in then
    assert "“30”, “8” and “more than 20” became known" in now
    assert "3 claimants, side by side" in now


def test_a_part_is_the_page_without_its_frame(manager, scene):
    whole, part = manager.get(OUTSTANDING), manager.get(OUTSTANDING, **PART)
    assert "HX-Request" in whole.headers["Vary"]
    assert b'id="board"' in part.content
    assert b"<html" not in part.content
    assert b"<title>" in part.content
    restored = manager.get(OUTSTANDING, HTTP_HX_HISTORY_RESTORE_REQUEST="true", **PART)
    assert b"<html" in restored.content


def test_a_refusal_of_a_part_lets_the_page_stand(manager, scene):
    response = manager.get(OUTSTANDING, {"from": "x"}, **PART)
    assert response.headers["HX-Retarget"] == "#refusal"
    assert response.headers["HX-Push-Url"] == "false"


def test_a_part_for_nobody_loads_the_page_that_asks_who_it_is(client):
    assert client.get(OUTSTANDING, **PART).headers["HX-Refresh"] == "true"


def test_sources_and_method_stand_below(manager, scene):
    words = text(manager.get(OUTSTANDING, {"population": "held"}))
    for code in ("SR-000", "SR-001", "SR-002", "SR-004"):
        assert words.rindex(code) > words.index("Sources and method")


def test_what_is_missing_of_a_bridge_is_said(manager, scene):
    words = text(manager.get(OUTSTANDING, {"population": "held"}))
    assert "Earlier claim “30”: nobody is named for it." in words
    assert "Later claim “more than 20”: it gives no upper bound." in words


@pytest.mark.parametrize("name", ["claims", "bridge-1"])
def test_a_chart_can_be_taken_away(manager, scene, name):
    response = manager.get(f"{OUTSTANDING}{name}.svg", {"population": "held"})
    content = response.content.decode()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert f"outstanding-held-{name}-" in response.headers["Content-Disposition"]
    assert content.startswith("<svg")
    for part in ("Residents held", "Sources: SR-000, SR-001, SR-002, SR-004.", "As of"):
        assert part in content


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("claims", {}, 404),
        ("bridge-9", {"population": "held"}, 404),
        ("nothing", {"population": "held"}, 404),
        ("claims", {"population": "nobody"}, 404),
        ("claims", {"population": "held", "known_at": "2001-01-01"}, 404),
        ("claims", {"population": "held", "from": "x"}, 400),
    ],
)
def test_a_chart_that_is_none_gets_a_sentence(manager, scene, name, query, status):
    assert manager.get(f"{OUTSTANDING}{name}.svg", query).status_code == status


@pytest.mark.parametrize(
    "address",
    ["", "outstanding/", "discrepancies/", "reconciliation/", "methodology/"],
)
def test_a_page_is_read_as_of_one_moment(manager, scene, address, monkeypatch):
    entered = []

    class Watched:
        def __enter__(self):
            entered.append(address)

        def __exit__(self, *_exc):
            return False

    monkeypatch.setattr("cases.dashboards.pages.snapshot", Watched)
    manager.get(f"/dashboard/{address}")
    assert entered == [address]
