"""Texts of reports over the API: the same acts as at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import ReportText
from cases.vocabulary.organisations import Role
from tests import factories as f
from tests.api.collections import address
from tests.files import PLAIN_PDF

pytestmark = pytest.mark.django_db
TEXTS, REPORTS = "report-texts", "source-reports"
FAULTY = "Buses came on Thursday, 9 August 2024 [citation needed]."


@pytest.fixture
def client(api_of):
    return api_of(Role.CASEWORKER)


@pytest.fixture
def report(organisation):
    return f.SourceReportFactory(organisation=organisation)


def test_a_text_is_kept_read_and_left_out_of_lists(client, report):
    made = client.post(address(TEXTS), {"report": str(report.pk), "text": FAULTY})
    assert made.status_code == 201
    assert made.json()["text"] == FAULTY
    (listed,) = client.get(address(TEXTS), {"digest_state": "new"}).json()["results"]
    assert "text" not in listed

    again = client.post(address(TEXTS), {"report": str(report.pk), "text": "Other."})
    assert (again.status_code, again.json()["errors"][0]["message"]) == (
        400, "The text of this report is kept already. Replace it if it is the wrong one.",
    )  # fmt: skip


def test_a_file_is_kept_with_its_report(client, report):
    file = SimpleUploadedFile("report.pdf", PLAIN_PDF)
    made = client.post(
        address(REPORTS, report.pk, "text-file"), {"file": file, "text": "Forty."}, "multipart"
    )
    assert made.status_code == 201
    saved = client.get(address(TEXTS, made.json()["id"], "content"))
    assert saved.content == PLAIN_PDF
    assert "attachment" in saved["Content-Disposition"]

    without = f.SourceReportFactory(organisation=report.organisation)
    file = SimpleUploadedFile("report.pdf", PLAIN_PDF)
    refused = client.post(address(REPORTS, without.pk, "text-file"), {"file": file}, "multipart")
    assert refused.status_code == 400
    assert "Paste its text" in refused.json()["errors"][0]["message"]


def test_warnings_say_the_paragraph_and_what_to_do(client, report):
    text = f.ReportTextFactory(report=report, text=FAULTY)
    found = client.get(address(TEXTS, text.pk, "warnings")).json()["warnings"]
    assert [(row["kind"], row["paragraph"]) for row in found] == [
        ("weekday", 1),
        ("placeholder", 1),
    ]
    assert all(row["advice"] for row in found)


def test_a_text_goes_through_its_life(client, report):
    text = f.ReportTextFactory(report=report)
    act = address(TEXTS, text.pk, "digest")
    assert client.post(act, {"to_state": "in_hand"}).json()["digest_state"] == "in_hand"
    refused = client.post(act, {"to_state": "digested"})
    assert "No statement is recorded" in refused.json()["errors"][0]["message"]
    refused = client.post(act, {"to_state": "set_aside"})
    assert refused.json()["errors"][0]["field"] == "reason"
    aside = client.post(act, {"to_state": "set_aside", "reason": "A copy."})
    assert aside.json()["set_aside_reason"] == "A copy."


def test_a_text_is_replaced(client, report):
    text = f.ReportTextFactory(report=report)
    given = {"text": "Fifty came.", "reason": "The wrong page."}
    assert client.post(address(TEXTS, text.pk, "replace"), given).json()["text"] == "Fifty came."
    assert ReportText.objects.get().text == "Fifty came."


def test_a_manager_reads_neither_text_nor_warnings(api_of, report):
    text = f.ReportTextFactory(report=report)
    manager = api_of(Role.MANAGER)
    shown = manager.get(address(TEXTS, text.pk)).json()
    assert shown["text"] is None
    assert "text" in shown["masked"]
    for act in ("warnings", "content"):
        assert manager.get(address(TEXTS, text.pk, act)).status_code == 403
