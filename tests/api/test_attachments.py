"""Files over the API: sent as a form, handed out to be saved, never opened."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.models import Attachment, AuditEntry
from cases.vocabulary.organisations import Role
from tests import files
from tests.api.collections import address
from tests.api.test_collections import assert_problem
from tests.factories import AttachmentFactory, IndividualFactory

pytestmark = pytest.mark.django_db


def send(client, person, content=files.TEXT, name="letter.txt", **fields):
    file = SimpleUploadedFile(name, content, content_type="image/svg+xml")
    form = {"file": file, "kind": "letter", **fields}
    return client.post(address("individuals", person.pk, "attachments"), form, format="multipart")


def content_of(client, pk, **headers):
    return client.get(address("attachments", pk, "content"), headers=headers)


def test_a_file_is_sent_listed_and_saved(organisation, api_of):
    client, person = api_of(), IndividualFactory()

    answer = send(client, person, files.photograph(), "Анна у моря.jpeg", kind="photograph")

    row = answer.json()
    assert answer.status_code == 201, answer.content
    assert (row["title"], row["media_type"], row["masked"]) == ("Анна у моря", "image/jpeg", [])
    assert "stored_name" not in row
    listed = client.get(address("attachments"), {"individual": person.pk}).json()["results"]
    assert [one["id"] for one in listed] == [row["id"]]
    saved = content_of(client, row["id"], accept="image/webp")
    assert saved.status_code == 200
    assert not any(one in saved.content for one in (b"Qzxmaker", b"Qzxcomment", b"Qzxprofile"))
    assert Image.open(default_storage.open(Attachment.objects.get().stored_name)).size == (20, 60)


def test_a_file_is_handed_out_to_be_saved_and_never_opened(organisation, api_of):
    row = AttachmentFactory(title='Письмо; "x"')

    saved = content_of(api_of(), row.pk)

    assert saved.content == b"She was seen at the shelter."
    assert saved["Content-Type"] == "text/plain; charset=utf-8"
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved["Content-Security-Policy"]
    assert saved["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"<svg onload='alert(1)'/>", 415),
        (b"<html><script>alert(1)</script>", 415),
        (b"MZ" + bytes(100), 415),
        (b"PK\x03\x04" + bytes(100), 415),
        (files.picture()[:90], 415),
        (files.bomb(), 415),
        (files.pdf(b"<</OpenAction 1 0 R>>"), 415),
        (bytes(10_000_001), 413),
    ],
)
def test_what_is_not_taken_is_refused_and_leaves_nothing(content, status, organisation, api_of):
    before = set(default_storage.listdir("")[1])

    problem = assert_problem(send(api_of(), IndividualFactory(), content, "a.jpg"), status)

    assert problem["detail"]
    assert set(default_storage.listdir("")[1]) == before
    assert not Attachment.objects.exists()


def test_the_quota_is_a_conflict(organisation, api_of, settings):
    settings.ATTACHMENTS_PER_PERSON = {"files": 1, "bytes": 10_000}
    client, person = api_of(), IndividualFactory()

    assert send(client, person).status_code == 201
    assert "1 files" in assert_problem(send(client, person), 409)["detail"]


def test_a_form_is_read_strictly(organisation, api_of):
    client, person = api_of(), IndividualFactory()
    path = address("individuals", person.pk, "attachments")

    assert_problem(send(client, person, kind="nonsense"), 400)
    assert_problem(send(client, person, name="a.txt", secret="1"), 400)
    assert_problem(send(client, person, content=b""), 400)
    assert_problem(send(client, person, title="a\u202eb" * 50), 400)
    assert_problem(client.post(path, {"kind": "letter"}, format="multipart"), 400)
    assert_problem(client.post(path, {"kind": ["letter", "other"]}, format="multipart"), 400)
    assert_problem(client.post(path, {"kind": "letter"}), 415)
    assert_problem(client.post(path, b"x", content_type="multipart/form-data"), 400)
    many = {f"f{n}": "x" for n in range(600)}
    assert_problem(client.post(path, many, format="multipart"), 400)
    stale = client.post(path, {"kind": "letter"}, format="multipart", HTTP_IF_MATCH='"9"')
    assert_problem(stale, 412)
    assert not Attachment.objects.exists()


def test_only_this_address_takes_a_form(organisation, api_of):
    answer = api_of().post(address("notes"), {"text": "a"}, format="multipart")

    assert_problem(answer, 415)


def test_an_unseen_file_is_as_a_random_one(organisation, other_organisation, api_of):
    theirs = AttachmentFactory(organisation=other_organisation)
    client = api_of()

    for act in (None, "content"):
        paths = [address("attachments", pk, *([act] if act else [])) for pk in (theirs.pk, uuid4())]
        foreign, random = [client.get(path) for path in paths]
        assert_problem(foreign, 404)
        assert foreign.content == random.content
    foreign, random = send(client, theirs.individual), send(client, Attachment(pk=uuid4()))
    assert foreign.content == random.content
    assert foreign.status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_who_reads_no_documents_gets_none(role, organisation, api_of):
    row, client = AttachmentFactory(title="Qzxtitle"), api_of(role)

    assert b"Qzxtitle" not in client.get(address("attachments", row.pk)).content
    assert_problem(content_of(client, row.pk), 403)
    assert_problem(send(client, row.individual), 403)
    assert_problem(client.get(address("attachments"), {"kind": "letter"}), 400)


def test_a_withdrawn_file_is_gone(organisation, api_of, django_capture_on_commit_callbacks):
    row, client = AttachmentFactory(), api_of()
    path = address("attachments", row.pk, "withdraw")

    assert_problem(client.post(path, {}), 400)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path, {"reason": "Wrong person."}, HTTP_IF_MATCH='"1"')
    assert answer.json()["withdrawal_reason"] == "Wrong person."
    assert_problem(content_of(client, row.pk), 404)
    assert not default_storage.exists(row.stored_name)
    found = client.get(address("attachments"), {"is_withdrawn": "true"}).json()["results"]
    assert len(found) == 1


def test_a_damaged_file_is_not_handed_out(organisation, api_of, caplog):
    row, client = AttachmentFactory(), api_of()
    default_storage.delete(row.stored_name)

    assert_problem(content_of(client, row.pk), 500)
    assert str(row.pk) in caplog.text


def test_whoever_saves_a_file_is_on_record(organisation, api_of):
    row = AttachmentFactory()
    client = api_of()

    assert content_of(client, row.pk).status_code == 200

    entry = AuditEntry.objects.get(act="downloaded")
    assert (entry.target_id, entry.actor_id, entry.door) == (row.pk, client.user.pk, "api")
