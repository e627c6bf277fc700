"""A caseworker's whole way through the admin: report, statement, figure, batch, person, slot."""

import pytest

from cases.models import (
    BatchSlot,
    Citation,
    Individual,
    RepatriationBatch,
    ReportedCount,
    SourceReport,
    Statement,
)
from cases.vocabulary.organisations import Role
from tests.admin.samples import posted, url
from tests.factories import PopulationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of):
    return client_of(Role.CASEWORKER)


@pytest.fixture
def fill_in(browser):
    """Open a form, enter what is given, and save."""

    def fill(model, **entered):
        form = browser.get(url(model, "add")).context["adminform"].form
        response = browser.post(url(model, "add"), posted(form) | entered)
        faults = response.context and response.context["adminform"].form.errors
        assert response.status_code == 302, faults
        return model.objects.order_by("recorded_at").last()

    return fill


def test_a_return_in_the_news_is_digested_and_its_people_bound(browser, fill_in):
    report = fill_in(
        SourceReport,
        code="J-1",
        title="Two people come home",
        published_edtf="2026-05-02",
        published_basis="stated",
    )
    statement = fill_in(Statement, code="j-1-two", attribution="unattributed", summary="Two.")
    fill_in(Citation, statement=statement.pk, report=report.pk)
    batch = fill_in(
        RepatriationBatch, code="J-2", title="Two", kind="individual", status="arrived", slots=2
    )
    count = fill_in(
        ReportedCount,
        statement=statement.pk,
        population=PopulationFactory(organisation=batch.organisation).pk,
        measure="flow_of_event",
        stated_text="two",
        stated_value=2,
        qualifier="exact",
        as_of_edtf="2026-05-01",
        batch=batch.pk,
    )
    person = fill_in(Individual, name="Дарья", name_language="ru-Cyrl")
    slot = BatchSlot.objects.get(batch=batch, number=1)
    bound = browser.post(
        f"/admin/cases/batchslot/{slot.pk}/do/bind/", {"version": 1, "individual": person.pk}
    )
    assert bound.status_code == 302

    pages = {
        "report": browser.get(url(SourceReport, "page", report.pk)).content.decode(),
        "batch": browser.get(url(RepatriationBatch, "page", batch.pk)).content.decode(),
        "found": browser.get("/admin/find/", {"find": "darya"}).content.decode(),
    }

    assert (count.low, count.high) == (2, 2)
    assert "Two." in pages["report"]
    assert ">two<" in pages["report"].replace("\n", "").replace(" ", "")
    assert "2 slots: 1 named" in pages["batch"]
    assert person.case_number in pages["found"]
