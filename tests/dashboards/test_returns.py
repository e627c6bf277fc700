"""The returns page: batches in time, claims beside slots, routes on the map and in words."""

import re
from typing import Any
from uuid import uuid4

import pytest

from cases.dashboards.charts import map as maps
from cases.models import ReportedCount
from cases.queries.ways import Stop
from cases.vocabulary.organisations import Role
from cases.vocabulary.routes import FarEndRole
from tests.factories import (
    BatchSlotFactory,
    IndividualFactory,
    MediationFactory,
    OrganisationFactory,
    PlaceFactory,
    RepatriationBatchFactory,
    RouteFactory,
    RouteLegFactory,
)
from tests.queries.scenes import flow, held_and_returned, says

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/returns/"


def words(response: Any) -> str:
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def way() -> Any:
    ukraine = PlaceFactory(kind="country", name="Ukraine", iso_3166_1="UA")
    belarus = PlaceFactory(
        kind="country", name="Belarus", iso_3166_1="BY", latitude="53.9", longitude="27.6"
    )
    russia = PlaceFactory(kind="country", name="Russia", iso_3166_1="RU")
    route = RouteFactory(code="ua-by-ru", title="Ukraine → Belarus → Russia")
    RouteLegFactory(route=route, number=1, from_place=ukraine, to_place=belarus)
    RouteLegFactory(
        route=route, number=2, from_place=belarus, to_place=russia, far_end_role="destination"
    )
    return route


@pytest.fixture
def batch(way) -> Any:
    _held, returned = held_and_returned()
    batch = RepatriationBatchFactory(arrived=True, title="The forty-six", route=way)
    public = {"is_published": True, "batch": batch}
    flow(returned, 46, says("Moskalkova"), as_of_edtf="2024-11-22", **public)
    BatchSlotFactory(batch=batch)
    BatchSlotFactory(batch=batch, individual=IndividualFactory())
    MediationFactory(batch=batch, body__name="Red Cross", role="facilitator")
    return batch


def test_claims_stand_beside_slots_and_people(manager, batch):
    page = words(manager.get(PAGE))
    assert "The forty-six" in page
    assert "46 Moskalkova · short 2 1" in page
    assert "Red Cross · Facilitator 1 2 1" in page
    assert "Ukraine → Belarus → Russia 1 2 1" in page


def test_each_claim_leads_to_where_it_is_from(manager, batch):
    html = manager.get(PAGE).content.decode()
    assert re.search(r'href="/dashboard/figures/[0-9a-f-]{36}/"><b>46</b>', html)


def test_headcounts_are_not_added_up(manager, batch):
    returned = ReportedCount.objects.get(batch=batch).population
    flow(returned, 40, says("Somebody else"), as_of_edtf="2024-11-22", batch=batch)
    html = manager.get(PAGE).content.decode()
    assert "86" not in words(manager.get(PAGE))
    assert "said: 46, 40 · 2 slots" in html


def test_the_map_has_its_equal_in_words(manager, batch):
    response = manager.get(PAGE)
    page, html = words(response), response.content.decode()
    assert "Ukraine Origin · no coordinates: drawn somewhere in Ukraine" in page
    assert "Belarus Transit · drawn where it lies" in page
    assert "Russia Destination · no coordinates: drawn somewhere in Russia" in page
    assert "No boundary, name or colour on this map says anything about the legal status" in page
    assert html.count('class="leg"') == 4, "two legs, drawn for wide and for narrow screens"
    assert "http" not in "".join(re.findall("<svg.*?</svg>", html, re.S))


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("arrived_after=2024-11-22", True),
        ("arrived_after=2024-11-23", False),
        ("arrived_before=2024-11-22", True),
        ("arrived_before=2024-11-21", False),
        ("route=ua-by-ru", True),
        ("population={population}", True),
        ("mediator={mediator}", True),
    ],
)
def test_what_the_address_narrows_by(manager, batch, query, fits):
    RepatriationBatchFactory(title="Without a date")
    population = ReportedCount.objects.get(batch=batch).population
    asked = query.format(mediator=batch.mediations.get().body_id, population=population.code)
    page = words(manager.get(f"{PAGE}?{asked}"))
    assert ("The forty-six" in page) is fits
    assert "Without a date" not in page


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("arrived_after=2024-13-01", 400, "is not a day that arrived_after can be"),
        ("arrived_after=2025-01-01&arrived_before=2024-01-01", 400, "ends before it begins"),
        ("mediator=somebody", 400, "“somebody” is not a mediating body."),
        ("mediator=7d2f3a54-8b1e-4c55-9d0b-1f1f8f6c1a11", 404, "No return that you may see"),
        ("route=moon", 404, "No return that you may see"),
        ("route=%00", 400, "cannot be a code"),
        ("population=everybody", 404, "No return that you may see"),
        ("status=arrived", 400, "“status” is not a parameter of this page."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(manager, batch, query, status, sentence):
    response = manager.get(f"{PAGE}?{query}")
    assert response.status_code == status
    assert sentence in words(response)


def test_a_movement_that_is_not_over_is_for_the_cell(client_of, way):
    RepatriationBatchFactory(
        title="Tomorrow's", status="scheduled", route=way, departed_edtf="2024-11-20"
    )
    page = words(client_of(Role.MANAGER).get(PAGE))
    assert "1 batch is not drawn" not in page
    assert "None of these batches has a date that you may see." in page
    assert "there is nothing to draw" in page
    assert "20 November 2024" not in page
    assert client_of(Role.MANAGER).get(f"{PAGE}?route=ua-by-ru").status_code == 404
    cell = words(client_of(Role.SUPERVISOR, is_movement_cell=True).get(PAGE))
    assert "20 November 2024" in cell
    assert "Ukraine Origin" in cell


def test_of_others_only_what_is_published(manager, way):
    other = OrganisationFactory(other=True)
    RepatriationBatchFactory(organisation=other, title="Theirs", arrived=True)
    RepatriationBatchFactory(organisation=other, title="Published", arrived=True, is_published=True)
    page = words(manager.get(PAGE))
    assert "Published" in page
    assert "Theirs" not in page


def test_the_auditor_is_told_what_is_not_shown(client_of, batch):
    page = words(client_of(Role.AUDITOR).get(PAGE))
    assert "not shown to your role" in page
    assert "Nobody is said to have mediated" not in page


def test_its_queries_do_not_grow_with_the_batches(manager, batch, django_assert_max_num_queries):
    for _number in range(5):
        RepatriationBatchFactory(arrived=True, route=batch.route)
    manager.get(PAGE)
    with django_assert_max_num_queries(32):
        manager.get(PAGE)


def stop(name: str, country: str, **where: float) -> Stop:
    return Stop(
        place_id=uuid4(),
        name=name,
        role=FarEndRole.TRANSIT,
        mode=None,
        border_point="",
        country=country,
        country_name=country,
        latitude=where.get("latitude"),
        longitude=where.get("longitude"),
        placed_by="",
    )


def test_a_stop_out_of_the_window_or_of_no_country_is_not_drawn():
    far = [stop("Lisbon", "PT"), stop("Nowhere", ""), stop("Minsk", "BY")]
    drawn = maps.draw("wide", [(far, 1)], width=1000)
    assert [dot.name for dot in drawn.dots] == ["BY"]
    assert drawn.legs == ()


def test_every_land_lies_on_the_paper():
    drawn = maps.draw("wide", [], width=1000)
    for land in drawn.lands:
        numbers = [int(number) for number in re.findall(r"\d+", land.outline)]
        assert max(numbers[::2]) <= drawn.width
        assert max(numbers[1::2]) <= drawn.height
    assert len(drawn.lands) > 10
