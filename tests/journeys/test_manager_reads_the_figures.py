"""A manager's whole way over the five reports: overview, outstanding, the page behind a number."""

import re

import pytest
from django.core.management import call_command

from cases.exchange.fixtures import LOAD_ORDER
from cases.models import Organisation, ReportedCount
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db, client_of):
    call_command("loaddata", *LOAD_ORDER, verbosity=0)
    return client_of(Role.MANAGER, organisation=Organisation.objects.get(key="a"))


def test_from_the_overview_to_who_said_it(manager):
    overview = manager.get("/dashboard/").content.decode()
    figure = ReportedCount.objects.get(statement__code="medinsky-20")
    assert f"/dashboard/figures/{figure.pk}/" in overview
    assert "more than 20" in overview

    page = manager.get(f"/dashboard/figures/{figure.pk}/").content.decode()

    assert "Vladimir Medinsky" in page
    assert "SR-002" in page


def test_last_summer_is_read_again_as_it_was(manager):
    now = manager.get("/dashboard/outstanding/?population=kursk-held-in-ukraine")
    then = manager.get(
        "/dashboard/outstanding/?population=kursk-held-in-ukraine&known_at=2025-08-01"
    )

    assert "more than 20" in now.content.decode()
    assert "more than 20" not in then.content.decode()
    assert "Consistent: 30 less eight gives 22" in now.content.decode()


def test_no_page_says_a_name_or_a_total(manager):
    pages = [manager.get(f"/dashboard/{path}") for path in ("", "outstanding/", "discrepancies/")]

    text = " ".join(page.content.decode() for page in pages)

    assert all(page.status_code == 200 for page in pages)
    assert not re.search(r"Darina|Gridina|Natalia", text)
    assert not re.search(r"[Tt]otal outstanding|[Aa]verage(?!d(,| or) added)", text)
