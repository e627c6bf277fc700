"""Who may enter, and what an address that cannot be read gets."""

import re
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from cases.vocabulary.organisations import Role
from tests.factories import OrganisationFactory, PopulationFactory
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db
PAGES = [
    "/dashboard/",
    "/dashboard/outstanding/",
    "/dashboard/discrepancies/",
    "/dashboard/reconciliation/",
    "/dashboard/methodology/",
    "/dashboard/figures/7f0a4a3e-14a5-4a43-8a1e-3d0a5c1b2c3d/",
]
LONG = "9" * 30


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signed_in_is_sent_to_sign_in(page):
    response = Client().get(page)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('admin:login')}?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_partner_systems_have_the_api(page, client_of):
    response = client_of(Role.PARTNER).get(page)
    assert response.status_code == 403
    assert b"Partner systems use the API" in response.content


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_every_other_role_reads_every_page(role, client_of, scene):
    client = client_of(role)
    pages = [*PAGES[:-1], reverse("dashboards:figure", args=[scene["eight"].pk])]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("page", PAGES[:-1])
def test_pages_are_read_and_never_written(page, manager):
    assert manager.post(page).status_code == 405
    assert manager.head(page).status_code == 200


def test_a_figure_out_of_sight_is_the_same_page_as_none(client_of):
    hidden = stock(PopulationFactory(), 30, says("A"))
    client = client_of(Role.MANAGER, organisation=OrganisationFactory(other=True))
    answers = [
        client.get(f"/dashboard/figures/{key}/") for key in (hidden.pk, uuid4(), "nonsense", LONG)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("page", "query", "status", "sentence"),
    [
        ("outstanding", {"valid_at": LONG}, 400, "is not a day that valid_at can be"),
        ("outstanding", {"valid_at": "2025-02-30"}, 400, "Write it like 2025-07-04"),
        ("outstanding", {"known_at": "yesterday"}, 400, "is not a day that known_at can be"),
        ("outstanding", {"known_at": "9999-12-31"}, 400, "is not a day that known_at can be"),
        ("outstanding", {"valid_at": "0001-01-01"}, 400, "is not a day that valid_at can be"),
        ("outstanding", {"valid_at": "٢٠٢٥-٠١-٠١"}, 400, "is not a day that valid_at can be"),
        ("outstanding", {"valid_at": ["2025-01-01", "2025-01-02"]}, 400, "more than once"),
        ("outstanding", {"populaton": "held"}, 400, "This page knows: population"),
        ("outstanding", {"population": "nobody"}, 404, "There is no such population"),
        ("outstanding", {"population": LONG}, 404, "There is no such population"),
        ("outstanding", {"population": "a\x00b"}, 404, "There is no such population"),
        ("outstanding", {"population": "a" * 1500}, 404, "There is no such population"),
        ("outstanding", {"population": "a" * 5000}, 400, "“population” is too long"),
        ("discrepancies", {"state": LONG}, 400, "is not a state of a discrepancy"),
        ("discrepancies", {"page": "2"}, 400, "This page knows: state"),
        ("overview", {"x": "1"}, 400, "This page knows none"),
        ("methodology", {"x": "1"}, 400, "This page knows none"),
    ],
)
def test_an_address_that_cannot_be_read_gets_a_sentence(manager, page, query, status, sentence):
    response = manager.get(reverse(f"dashboards:{page}"), query)
    assert response.status_code == status
    assert sentence in response.content.decode()


def test_a_long_mistake_is_not_echoed_whole(manager):
    response = manager.get("/dashboard/", {"<b>" + "x" * 5000: "1"})
    assert response.status_code == 400
    assert len(response.content) < 5000
    assert b"<b>x" not in response.content


def test_the_header_names_the_reader_and_signs_out_by_post(manager):
    page = manager.get("/dashboard/").content.decode()
    assert "Organisation A" in page
    assert "Manager" in page
    assert f'<form method="post" action="{reverse("admin:logout")}">' in page


def test_a_demonstration_says_so(manager):
    assert b"Demonstration" not in manager.get("/dashboard/").content
    with override_settings(DEMO=True):
        assert b"Demonstration" in manager.get("/dashboard/").content


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "As of 20 August 2025"),
        ("ru", "По состоянию на 20 августа 2025"),
        ("uk", "Станом на 20 серпня 2025"),
    ],
)
def test_dates_are_in_the_words_of_the_language(manager, scene, language, said):
    page = manager.get("/dashboard/", headers={"Accept-Language": language}).content.decode()
    assert said in page


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_no_number_of_a_drawing_has_a_comma(manager, scene, language):
    page = manager.get(
        "/dashboard/outstanding/", {"population": "held"}, headers={"Accept-Language": language}
    ).content.decode()
    places = re.findall(r'\s(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d|viewBox)="([^"]*)"', page)

    assert len(places) > 50
    assert [place for place in places if "," in place or "\xa0" in place] == []


@pytest.mark.parametrize("page", PAGES[:-1])
def test_no_inline_style_or_script(page, manager, scene):
    content = manager.get(page).content.decode()
    assert re.findall(r"<script(?![^>]* src=.[^>]*></script>)", content) == []
    assert " style=" not in content
    assert "<style" not in content
    assert "://" not in content.replace("http://www.w3.org", "")
