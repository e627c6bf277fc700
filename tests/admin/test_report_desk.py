"""The desk of a report: the text beside the forms, each carried out by its own action."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import models as m
from cases.vocabulary.organisations import Role
from tests.admin.samples import f

pytestmark = pytest.mark.django_db
FAULTY = "The office said so yesterday.\n\nForty came on Thursday, 9 August 2024."


@pytest.fixture
def client(client_of):
    return client_of(Role.CASEWORKER)


@pytest.fixture
def report(client):
    return f.SourceReportFactory(organisation=client.user.organisation, undated=True)


@pytest.fixture
def text(report):
    return f.ReportTextFactory(report=report, text=FAULTY)


def desk(report, query: str = "") -> str:
    return f"/admin/cases/sourcereport/{report.pk}/{query}"


def filled(client, address, **given):
    """Give what the open form would send, with some of it typed."""
    form = client.get(address).context["opened"].form
    found = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in found.items() if value not in (None, "", False)} | given


def test_a_text_is_pasted_and_then_stands_in_paragraphs(client, report):
    address = desk(report, "?do=keep_text")
    data = filled(client, address, text=FAULTY)
    assert client.post(address, data).status_code == 302

    page = client.get(desk(report))
    assert [p.number for p in page.context["kept"].paragraphs] == [1, 2]
    assert 'id="paragraph-2"' in page.content.decode()
    kinds = [item["warning"].kind.value for item in page.context["warnings"]]
    assert kinds == ["undated", "relative_date", "weekday"]


def test_a_file_is_taken_and_another_refused_beside_its_field(client, report):
    address = desk(report, "?do=keep_text")
    bad = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    refused = client.post(address, filled(client, address, file=bad))
    assert "Send plain text" in refused.context["opened"].form.errors["file"][0]

    page = SimpleUploadedFile("x.html", b"<html><p>Forty came.</p></html>")
    client.post(address, filled(client, address, file=page))
    assert m.ReportText.objects.get().text == "Forty came."


def test_an_empty_form_is_refused_beside_the_text(client, report):
    address = desk(report, "?do=keep_text")
    refused = client.post(address, filled(client, address))
    assert "There is no text" in refused.context["opened"].form.errors["text"][0]
    assert not m.ReportText.objects.exists()


def test_the_number_of_a_paragraph_is_the_place_of_a_statement(client, text):
    address = desk(text.report, "?do=statement&paragraph=2")
    data = filled(client, address, summary="Forty came.", attribution="unattributed")
    assert data["locator"] == "paragraph 2"
    done = client.post(address, data)

    citation = m.Citation.objects.get(report=text.report)
    assert citation.locator == "paragraph 2"
    onward = f"?do=count&statement={citation.statement_id}#form"
    assert done["Location"] == desk(text.report, onward)
    assert 'href="#paragraph-2">paragraph 2' in client.get(desk(text.report)).content.decode()


@pytest.mark.parametrize("paragraph", ["x", "-1", "²", "9" * 40, ""])
def test_a_paragraph_that_is_none_is_passed_over(client, text, paragraph):
    page = client.get(desk(text.report), {"do": "statement", "paragraph": paragraph})
    assert page.context["opened"].form.initial.get("locator") is None


def test_a_refusal_stands_in_the_open_form_and_nothing_is_written(client, text):
    address = desk(text.report, "?do=statement")
    refused = client.post(address, filled(client, address, summary="So.", attribution="named"))
    assert "needs a speaker" in refused.content.decode()
    assert not m.Statement.objects.exists()


def test_a_figure_follows_its_statement(client, text):
    organisation = text.organisation
    statement = f.StatementFactory(organisation=organisation)
    f.CitationFactory(statement=statement, report=text.report, organisation=organisation)
    people = f.PopulationFactory()
    address = desk(text.report, f"?do=count&statement={statement.pk}")
    data = filled(client, address, population=people.pk, stated_text="40", stated_value=40,
                  qualifier="exact", measure="flow_of_event")  # fmt: skip
    done = client.post(address, data)

    count = m.ReportedCount.objects.get()
    assert (count.statement_id, count.low, count.high) == (statement.pk, 40, 40)
    assert done["Location"].endswith(f"#statement-{statement.pk}")


def test_figures_near_one_are_offered_and_linked(client, text):
    organisation, people = text.organisation, f.PopulationFactory()
    count, same, _other = (
        f.ReportedCountFactory(organisation=organisation, population=population)
        for population in (people, people, f.PopulationFactory())
    )
    f.CitationFactory(statement=count.statement, report=text.report, organisation=organisation)
    address = desk(text.report, f"?do=link&count={count.pk}")
    (offered,) = client.get(address).context["candidates"]
    assert offered.claim.id == same.pk

    data = filled(client, offered.url, kind="rounds")
    assert str(data["to_count"]) == str(same.pk)
    client.post(offered.url, data)
    assert m.CountLink.objects.get().kind == "rounds"
    assert client.get(address).context["candidates"] == []


def test_a_warning_offers_its_flag_until_the_report_has_it(client, text):
    offered = [item["flag_url"] for item in client.get(desk(text.report)).context["warnings"]]
    assert all(offered)
    address = offered[0]
    client.post(address, filled(client, address))
    assert m.QualityFlag.objects.get().kind == "undated"
    urls = [item["flag_url"] for item in client.get(desk(text.report)).context["warnings"]]
    assert urls[0] == ""


def test_a_text_is_taken_in_hand_with_one_button(client, text):
    steps = {step["label"]: step for step in client.get(desk(text.report)).context["steps"]}
    assert set(steps) == {"Take in hand", "Set aside", "Replace the text"}
    client.post(steps["Take in hand"]["url"], {"version": 1})
    assert m.ReportText.objects.get().taken_by == client.user
    page = client.get(desk(text.report)).content.decode()
    assert f"In hand: {client.user}" in page


def test_who_comes_too_late_is_told_so(client, text, client_of):
    client_of(Role.CASEWORKER).post(desk(text.report, "?do=take"), {"version": 1})
    late = client.post(desk(text.report, "?do=take"), {"version": 1})
    assert late.status_code == 200
    assert "somebody else has saved this record" in late.content.decode()


def test_a_text_is_set_aside_for_a_reason(client, text):
    address = desk(text.report, "?do=set_aside")
    client.post(address, filled(client, address, reason="A copy."))
    assert "Set aside: A copy." in client.get(desk(text.report)).content.decode()


def test_the_queue_leads_to_the_desks_and_the_first_page_to_the_queue(client, text):
    queue = client.get("/admin/cases/reporttext/")
    assert desk(text.report) in queue.content.decode()
    index = client.get("/admin/").content.decode()
    assert "/admin/cases/reporttext/?digest_state__exact=new" in index
    assert desk(text.report) in index


@pytest.mark.parametrize("query", ["?do=nothing", "?do=take"])
def test_there_is_no_other_form(client, report, query):
    assert client.get(desk(report, query)).status_code == 404


def test_another_organisation_opens_no_form_and_reads_no_text(client_of, text, other_organisation):
    other = client_of(Role.CASEWORKER, organisation=other_organisation)
    page = other.get(desk(text.report))
    assert page.context["kept"] is None
    assert page.context["tabs"] == []
    assert other.get(desk(text.report, "?do=statement")).status_code == 403
    assert other.get(desk(text.report, "?do=keep_text")).status_code == 403


def test_a_manager_is_told_that_a_text_is_kept(client_of, text):
    page = client_of(Role.MANAGER).get(desk(text.report)).content.decode()
    assert "your role does not read it" in page
    assert "Forty came on Thursday" not in page


def test_what_was_archived_is_saved(client, text):
    saved = client.get(f"/admin/cases/reporttext/{text.pk}/content/")
    assert saved.content.decode() == FAULTY
    assert saved["Content-Disposition"].startswith("attachment")
