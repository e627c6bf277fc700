"""Every number on a page is the one that the API gives for the same question."""

import re
from datetime import datetime
from html import unescape
from itertools import product
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from cases.access.gate import System, acting_as
from cases.exchange.fixtures import LOAD_ORDER
from cases.models import RepatriationBatch
from cases.queries import populations
from cases.rules.counts import Interval
from cases.vocabulary.counts import BridgeVerdict
from cases.vocabulary.organisations import Role
from tests.factories import PopulationFactory
from tests.queries.scenes import about, flow, says, stock

pytestmark = pytest.mark.django_db
VALID = ("", "2025-02-11", "2025-08-01")
KNOWN = ("", "2025-07-04")
TOLD = ("2024-11-22", "2025-07-04", "2025-09-01")
ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
ID = re.compile(r"/dashboard/figures/([0-9a-f-]{36})/")


@pytest.fixture
def figures(db):
    """The seed reports, and populations with figures of all kinds, told on different days."""
    call_command("loaddata", *LOAD_ORDER, verbosity=0)
    chance = Random(34)  # noqa: S311 - the same figures each time
    for number in range(3):
        held = PopulationFactory(code=f"group-{number}", title=f"Group {number}")
        returned = PopulationFactory(returned=True, code=f"returned-{number}", leaves=held)
        for name in ("A", "B", "C", ""):
            said = says(*filter(None, [name]))
            for as_of in chance.sample(("2024-10", "2025-01-08~", "2025-03-01", "2025-08/.."), 2):
                known = datetime.fromisoformat(f"{chance.choice(TOLD)}T06:00+00:00")
                told = {"as_of_edtf": as_of, "recorded_at": known}
                make = chance.choice((stock, about))
                make(held, chance.randint(1, 4000), said, **told)
                flow(returned, chance.randint(1, 90), said, **told)


@pytest.fixture
def doors(figures, user_of, client_of, api_of):
    user = user_of(Role.MANAGER)
    return client_of(user), api_of(user)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def figure_in(html: str) -> str:
    """The first figure that a link leads to; nothing where none does."""
    found = ID.search(html)
    return found[1] if found else ""


def cell(row: str, label: str) -> str:
    found = re.search(rf'<td[^>]*data-label="{label}"[^>]*>(.*?)</td>', row, re.S)
    return words(found[1]) if found else ""


def rows(html: str, region: str) -> list[str]:
    """The rows of one table, without its head."""
    table = html.split(f'aria-label="{region}"')[1].split("</table>", maxsplit=1)[0]
    return [row for row in ROW.findall(table) if "<th" in row and 'scope="col"' not in row]


def bounds(claim: dict[str, Any]) -> str:
    return str(Interval(claim["low"], claim["high"]))


def test_claims_and_bridges_of_all_populations_on_all_days(doors):
    """The figures, their bounds and dates, the verdicts and what would be left."""
    page, api = doors
    with acting_as(System("tests")):
        codes = [group.code for group in populations.with_outstanding_claims()]
    compared = 0
    for code, valid_at, known_at in product(codes, VALID, KNOWN):
        days = {"valid_at": valid_at, "known_at": known_at}
        query = {"population": code, **{name: day for name, day in days.items() if day}}
        html = page.get("/dashboard/outstanding/", query).content.decode()
        answer = api.get("/api/v1/outstanding/", query).json()
        claims = [claim for one in answer["series"] for claim in one["claims"][::-1]]

        shown = [
            (figure_in(row), cell(row, "Bounds"), cell(row, "As of"))
            for row in rows(html, "Table of claims")
            if figure_in(row)
        ]
        assert [(key, low_high) for key, low_high, _ in shown] == [
            (claim["id"], bounds(claim)) for claim in claims
        ], query
        for (_key, _bounds, as_of), claim in zip(shown, claims, strict=True):
            assert as_of.startswith(claim["as_of_in_words"])
        compared += len(claims) + _bridges(html, api, query)
    assert compared > 60


def _bridges(html: str, api: Any, query: dict[str, str]) -> int:
    """Hold each step on the page against the bridge between the same two claims."""
    steps = html.split('<article class="step">')[1:]
    for step in steps:
        table = rows(step, "Table of the steps")
        start, *used, expected, end = table
        ends = {"from": figure_in(start), "to": figure_in(end)}
        given = {name: query[name] for name in ("population", "known_at") if name in query}
        [pair] = api.get("/api/v1/outstanding/bridge/", given | ends).json()["comparisons"]
        assert cell(start, "Bounds") == bounds(pair["start"])
        assert cell(end, "Bounds") == bounds(pair["end"])
        assert cell(expected, "Bounds") == bounds(pair["expected"])
        assert [figure_in(row) for row in used][:1] == [
            flow["claim"]["id"] for flow in pair["used"]
        ][:1]
        assert pair["in_words"] in words(step)
        assert words(step).startswith(str(BridgeVerdict(pair["verdict"]).label))
    return len(steps)


def test_the_overview_has_the_latest_claim_of_each_claimant(doors):
    page, api = doors
    html = page.get("/dashboard/").content.decode()
    with acting_as(System("tests")):
        groups = populations.with_outstanding_claims()
    panels = html.split('<section class="panel"')[1:]
    assert len(panels) == len(groups) > 1
    for group, panel in zip(groups, panels, strict=True):
        answer = api.get("/api/v1/outstanding/", {"population": group.code}).json()
        cards = panel.split('<article class="card')[1:]
        assert [figure_in(card) for card in cards] == [
            one["latest"]["id"] for one in answer["series"]
        ]
        for card, one in zip(cards, answer["series"], strict=True):
            assert one["latest"]["stated_text"] in words(card)
            assert bounds(one["latest"]) in words(card)


def test_every_batch_has_the_slots_and_claims_of_the_api(doors):
    page, api = doors
    with acting_as(System("tests")):
        batches = list(RepatriationBatch.objects.all())
    listed = page.get("/dashboard/reconciliation/").content.decode()
    for batch in batches:
        answer = api.get("/api/v1/reconciliation/", {"batch": str(batch.pk)}).json()
        query = {"batch": str(batch.pk)}
        html = page.get("/dashboard/reconciliation/", query).content.decode()
        groups = [answer["whole"], *answer["subgroups"]]
        for row, group in zip(rows(html, "Grid of the batch"), groups, strict=True):
            assert ID.findall(row) == [one["claim"]["id"] for one in group["claims"]]
            if group["tally"]:
                assert cell(row, "Slots") == str(group["tally"]["slots"])
                assert cell(row, "Named") == str(group["tally"]["named"])
                assert cell(row, "Nobody bound") == str(group["tally"]["unbound"])
        [row] = [one for one in rows(listed, "Table of batches") if str(batch.pk) in one]
        if answer["whole"]["tally"]:
            assert cell(row, "Slots") == str(answer["whole"]["tally"]["slots"])
            assert cell(row, "Bound to a person") == str(answer["whole"]["tally"]["bound"])
        assert sorted(ID.findall(row)) == sorted(
            one["claim"]["id"] for one in answer["whole"]["claims"]
        )
