"""Files of people: stored with their row or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import attachments
from cases.actions.recording import Conflict, NotYours
from cases.models import Attachment, AuditEntry
from cases.vocabulary.organisations import Role
from tests.factories import AttachmentFactory, IndividualFactory
from tests.files import TEXT, picture
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_storage():
    for name in lying():
        default_storage.delete(name)


def lying():
    return set(default_storage.listdir("")[1])


@pytest.fixture
def worker(as_actor, organisation):
    with as_actor(Role.CASEWORKER) as actor:
        yield actor


@pytest.fixture
def person(organisation):
    return IndividualFactory()


def added(person, by, content=TEXT, **fields):
    given = {"kind": "letter", "title": "letter.txt", **fields}
    with attachments.taken(content, by=by) as upload:
        return attachments.add(by=by, individual=person, upload=upload, **given)


def test_a_file_is_kept_under_a_name_that_says_nothing(worker, person):
    row = added(person, worker, title="../Паспорт Анны.pdf")

    assert (row.title, row.media_type, row.size) == ("Паспорт Анны", "text/plain", len(TEXT))
    assert lying() == {row.stored_name}
    assert len(row.stored_name) == 40
    assert default_storage.open(row.stored_name).read() == TEXT
    with acting_as(System("tests")):
        assert AuditEntry.objects.get(target_id=row.pk).act == "recorded"


def test_the_system_keeps_a_file_for_the_organisation_of_the_person(person):
    assert added(person, System("tests")).organisation == person.organisation


def test_a_file_whose_row_is_refused_leaves_nothing(worker, person):
    with pytest.raises(ValidationError):
        added(person, worker, kind="nonsense")

    assert lying() == set()
    assert not Attachment.objects.exists()


def added_then_refused(worker, person):
    with attachments.taken(TEXT, by=worker) as upload, transaction.atomic():
        attachments.add(by=worker, individual=person, upload=upload, kind="letter", title="a")
        assert lying() == {upload.stored_name}
        raise ValidationError("Something that follows in the transaction is refused.")


def test_a_file_whose_transaction_fails_leaves_nothing(worker, person):
    with pytest.raises(ValidationError), transaction.atomic():
        added_then_refused(worker, person)

    assert lying() == set()


def test_a_file_that_is_not_taken_is_never_stored(worker):
    with pytest.raises(ValidationError, match="web page"):
        attachments.taken(b"<svg/><script>", by=worker)

    assert lying() == set()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_keep_cases_stores_nothing(role, actor_of):
    with pytest.raises(PermissionDenied):
        attachments.taken(TEXT, by=actor_of(role))


def test_a_file_is_added_to_ones_own_cases_only(worker, other_organisation):
    theirs = IndividualFactory(organisation=other_organisation)

    with pytest.raises(NotYours):
        added(theirs, worker)
    assert lying() == set()


def test_the_quota_of_a_person_holds(worker, person, settings):
    settings.ATTACHMENTS_PER_PERSON = {"files": 2, "bytes": 10_000}
    added(person, worker)
    added(person, worker)

    assert "a person may have 2 files" in sentence_of(added, person, worker)
    assert len(lying()) == 2

    settings.ATTACHMENTS_PER_PERSON = {"files": 9, "bytes": 2 * len(TEXT) + 1}
    assert "There is no room" in sentence_of(added, person, worker)


def test_the_quota_of_an_organisation_holds_and_withdrawn_files_do_not_count(
    worker, person, settings
):
    settings.ATTACHMENTS_PER_ORGANISATION = {"files": 1, "bytes": 1_000_000}
    first = added(person, worker)

    assert "an organisation may have 1 files" in sentence_of(added, IndividualFactory(), worker)
    attachments.withdraw(first, by=worker, version=1, reason="Wrong person.")
    assert added(IndividualFactory(), worker, picture()).media_type == "image/jpeg"


def test_a_withdrawn_file_is_gone_and_its_row_says_why(
    worker, person, django_capture_on_commit_callbacks
):
    row = added(person, worker)

    with django_capture_on_commit_callbacks(execute=True):
        gone = attachments.withdraw(row, by=worker, version=1, reason="Wrong person.")

    assert (gone.version, gone.withdrawal_reason) == (2, "Wrong person.")
    assert lying() == set()
    assert "withdrawn already" in sentence_of(
        attachments.withdraw, gone, by=worker, version=2, reason="Again."
    )


def test_a_withdrawal_has_a_reason_and_the_version_that_was_read(worker, person):
    row = added(person, worker)

    with pytest.raises(Conflict):
        attachments.withdraw(row, by=worker, version=7, reason="Wrong person.")
    assert "Say why" in sentence_of(attachments.withdraw, row, by=worker, version=1, reason="")
    assert lying() == {row.stored_name}


def test_a_sweep_finds_what_has_no_row_and_what_has_no_file(worker, person):
    kept = added(person, worker)
    AttachmentFactory(withdrawn=True)
    lost = AttachmentFactory()
    default_storage.delete(lost.stored_name)
    default_storage.save("orphan", ContentFile(b"x"))
    system, later = System("tests"), clock.now() + timedelta(hours=2)

    young = attachments.sweep(by=system, before=clock.now() - timedelta(hours=1), delete=True)
    listed = attachments.sweep(by=system, before=later, delete=False)
    assert young.orphans == ()
    assert listed.orphans == ("orphan",)
    assert listed.missing == (str(lost.pk),)
    assert lying() == {kept.stored_name, "orphan"}

    attachments.sweep(by=system, before=later, delete=True)
    assert lying() == {kept.stored_name}
