"""Texts of reports: kept, replaced, taken in hand, digested, set aside."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from cases.access.gate import System, acting_as
from cases.actions import recording, report_texts
from cases.models import AuditEntry, ReportText, SourceReport
from cases.queries.attachments import Damaged
from cases.queries.report_texts import file_of, queue
from cases.vocabulary.organisations import Role
from tests import factories as f
from tests.files import PLAIN_PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor_of):
    with acting_as(actor_of(Role.CASEWORKER)) as actor:
        yield actor


@pytest.fixture
def report(by):
    return f.SourceReportFactory(organisation_id=by.organisation_id)


@pytest.fixture
def text(report):
    return f.ReportTextFactory(report=report, organisation=report.organisation)


def moved(text, by, to_state, **fields):
    return report_texts.move(text, by=by, version=text.version, to_state=to_state, **fields)


def test_a_text_is_kept_and_its_fingerprint_stands_on_the_report(by, report):
    kept = report_texts.keep(by=by, report=report, text="Forty came.\r\n", names_archive=True)

    assert (kept.text, kept.digest_state) == ("Forty came.", "new")
    assert SourceReport.objects.get(pk=report.pk).archived_sha256 == kept.sha256
    assert file_of(kept).content == b"Forty came."


def test_unless_it_is_to_the_report_says_nothing_of_a_text(by, report):
    kept = report_texts.keep(by=by, report=report, text="Forty came.")
    report_texts.replace(kept, by=by, version=1, reason="Misread.", text="Fifty came.")
    assert SourceReport.objects.get(pk=report.pk).archived_sha256 == ""


def test_a_report_has_one_text(by, text):
    with pytest.raises(ValidationError, match="kept already"):
        report_texts.keep(by=by, report=text.report, text="Another.")


def test_the_text_of_anothers_report_is_not_kept(by, other_organisation):
    foreign = f.SourceReportFactory(organisation=other_organisation)
    with pytest.raises(PermissionDenied, match="kept by another organisation"):
        report_texts.keep(by=by, report=foreign, text="Forty came.")


def test_a_pdf_document_lies_in_the_storage_with_its_row(by, report):
    with report_texts.taken(PLAIN_PDF, by=by, text="Forty came.") as upload:
        kept = report_texts.keep(by=by, report=report, upload=upload)

    assert default_storage.exists(kept.stored_name)
    assert file_of(kept).content == PLAIN_PDF
    default_storage.delete(kept.stored_name)
    with pytest.raises(Damaged):
        file_of(kept)


def test_a_pdf_document_without_a_row_is_taken_away_again(by):
    with report_texts.taken(PLAIN_PDF, by=by, text="Forty came.") as upload:
        assert default_storage.exists(upload.stored_name)
    assert not default_storage.exists(upload.stored_name)


def test_of_a_web_page_nothing_is_stored_but_its_words(by, report):
    with report_texts.taken(b"<html><p>Forty came.</p></html>", by=by) as upload:
        kept = report_texts.keep(by=by, report=report, upload=upload)
    assert (kept.text, kept.stored_name) == ("Forty came.", "")


def test_a_wrong_text_is_replaced_with_a_reason(by, report, django_capture_on_commit_callbacks):
    with report_texts.taken(PLAIN_PDF, by=by, text="Forty came.") as upload:
        kept = report_texts.keep(by=by, report=report, upload=upload, names_archive=True)
    stored = kept.stored_name
    with pytest.raises(ValidationError, match="Say why the text is replaced"):
        report_texts.replace(kept, by=by, version=1, reason=" ", text="Fifty came.")

    with django_capture_on_commit_callbacks(execute=True):
        kept = report_texts.replace(kept, by=by, version=1, reason="Misread.", text="Fifty came.")

    assert (kept.text, kept.stored_name, kept.media_type) == ("Fifty came.", "", "text/plain")
    assert SourceReport.objects.get(pk=report.pk).archived_sha256 == kept.sha256
    assert not default_storage.exists(stored)


def test_a_text_is_taken_in_hand_and_handed_back(by, text):
    text = moved(text, by, "in_hand")
    assert text.taken_by_id == by.user_id
    with pytest.raises(ValidationError, match="cannot go from “In hand” to “In hand”"):
        moved(text, by, "in_hand")
    text = moved(text, by, "new")
    assert text.taken_by_id is None


def test_only_one_of_two_takes_it(by, text, actor_of):
    mine, theirs = (ReportText.objects.get(pk=text.pk) for _ in range(2))
    moved(mine, by, "in_hand")
    with pytest.raises(recording.Conflict):
        moved(theirs, actor_of(Role.CASEWORKER), "in_hand")


def test_it_is_digested_once_something_is_recorded(by, text):
    text = moved(text, by, "in_hand")
    with pytest.raises(ValidationError, match="No statement is recorded"):
        moved(text, by, "digested")
    f.CitationFactory(report=text.report, organisation=text.organisation)
    text = moved(text, by, "digested")
    assert (text.taken_by_id, text.digest_state) == (by.user_id, "digested")


def test_it_is_set_aside_with_a_reason_and_put_back(by, text):
    with pytest.raises(ValidationError, match="Say why"):
        moved(text, by, "set_aside")
    text = moved(text, by, "set_aside", reason="A copy. ")
    assert text.set_aside_reason == "A copy."
    assert queue(8) == []
    text = moved(text, by, "new")
    assert text.set_aside_reason == ""


def test_the_queue_begins_with_the_oldest_and_says_whose_hands(by, text, report):
    later = f.ReportTextFactory(organisation=report.organisation)
    f.CitationFactory(report=later.report, organisation=report.organisation)
    moved(later, by, "in_hand")
    rows = queue(8)
    assert [row.id for row in rows] == [text.pk, later.pk]
    assert [(row.taken_by != "", row.statements) for row in rows] == [(False, 0), (True, 1)]
    assert len(queue(1)) == 1


def test_another_organisation_sees_no_text(by, text, actor_of, other_organisation):
    with acting_as(actor_of(Role.SUPERVISOR, organisation=other_organisation)):
        assert not ReportText.objects.exists()
        assert queue(8) == []


def test_a_manager_sees_that_there_is_one_and_not_what_it_says(text, actor_of):
    with acting_as(actor_of(Role.MANAGER)):
        row = ReportText.objects.get()
        assert "text" in row.unread_fields()
        with pytest.raises(PermissionDenied):
            file_of(row)


def test_what_is_done_is_in_the_trail(by, text):
    report_texts.replace(text, by=by, version=1, reason="Misread.", text="Fifty came.")
    with acting_as(System("tests")):
        acts = list(AuditEntry.objects.filter(target_id=text.pk).values_list("act", "reason"))
    assert ("replaced", "Misread.") in acts
