"""Files on the page of a person."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import models as m
from cases.admin.idempotency import new_key
from cases.vocabulary.organisations import Role
from tests import files
from tests.admin.samples import f, url
from tests.admin.test_deeds import deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of):
    return client_of(Role.CASEWORKER)


@pytest.fixture
def person(client):
    return f.IndividualFactory(organisation=client.user.organisation)


def attach(client, person, content=files.TEXT, name="letter.txt", **fields):
    form = {"version": 1, "kind": "letter", "file": SimpleUploadedFile(name, content), **fields}
    return client.post(deed(person, "attach"), form)


def test_a_file_is_added_on_the_page_of_its_person_and_saved_from_there(client, person):
    assert b'enctype="multipart/form-data"' in client.get(deed(person, "attach")).content
    assert attach(client, person, files.picture(), "Анна.png").status_code == 302

    page = client.get(url(m.Individual, "page", person.pk)).content.decode()
    row = m.Attachment.objects.get()
    assert "Анна" in page
    assert f"/admin/cases/attachment/{row.pk}/content/" in page
    saved = client.get(f"/admin/cases/attachment/{row.pk}/content/")
    assert saved["Content-Type"] == "image/jpeg"
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert client.get(url(m.Attachment, "change", row.pk)).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"<svg/>", "web page"), (bytes(10_000_001), "at most"), (b"", "empty")],
)
def test_a_file_that_is_not_taken_gets_its_sentence_beside_the_field(client, person, content, said):
    before = default_storage.listdir("")

    answer = attach(client, person, content)

    assert said in str(answer.context["form"].errors["file"])
    assert not m.Attachment.objects.exists()
    assert default_storage.listdir("") == before


def test_a_rule_of_the_row_gets_its_sentence_and_leaves_no_file(client, person, settings):
    settings.ATTACHMENTS_PER_PERSON = {"files": 0, "bytes": 0}
    before = default_storage.listdir("")

    answer = attach(client, person, title="Mine")

    assert "no room" in str(answer.context["form"].errors)
    assert default_storage.listdir("") == before


def test_a_file_is_withdrawn_with_a_reason(client, person):
    row = f.AttachmentFactory(individual=person)

    assert client.post(deed(row, "withdraw"), {"version": 1, "reason": "Wrong."}).status_code == 302

    assert m.Attachment.objects.get().withdrawal_reason == "Wrong."
    assert client.get(f"/admin/cases/attachment/{row.pk}/content/").status_code == 404
    assert "Withdrawn" in client.get(url(m.Individual, "page", person.pk)).content.decode()
    assert "withdrawn already" in client.get(deed(row, "withdraw")).content.decode()


def test_others_get_no_file(client_of, other_organisation):
    theirs = f.AttachmentFactory(organisation=other_organisation)
    random = "00000000-0000-4000-8000-000000000000"
    client = client_of(Role.CASEWORKER)

    answers = [client.get(f"/admin/cases/attachment/{pk}/content/") for pk in (theirs.pk, random)]
    assert [answer.status_code for answer in answers] == [404, 404]
    manager = client_of(Role.MANAGER)
    own = f.AttachmentFactory(organisation=manager.user.organisation, title="Qzxtitle")
    assert manager.get(f"/admin/cases/attachment/{own.pk}/content/").status_code == 403
    assert (
        "Qzxtitle" not in manager.get(url(m.Individual, "page", own.individual.pk)).content.decode()
    )


def test_whoever_saves_a_file_is_on_record(client, person):
    attach(client, person)
    row = m.Attachment.objects.get()

    client.get(f"/admin/cases/attachment/{row.pk}/content/")

    entry = m.AuditEntry.objects.get(act="downloaded")
    assert (entry.target_id, entry.actor_id, entry.door) == (row.pk, client.user.pk, "admin")


def test_another_file_under_the_key_of_the_first_is_not_lost_unseen(client, person):
    key = new_key()
    assert attach(client, person, once=key).status_code == 302

    again = attach(client, person, b"Another letter.", once=key)

    assert "saved already, with other values" in again.content.decode()
    assert m.Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "tag"),
    [
        (files.picture(), "face.png", "img"),
        (files.PLAIN_PDF, "paper.pdf", "iframe"),
        (files.TEXT, "letter.txt", "iframe"),
    ],
)
def test_a_file_is_shown_where_it_stands_and_each_showing_is_on_record(
    client, person, content, name, tag
):
    attach(client, person, content, name)
    row = m.Attachment.objects.get()
    shown = f"/admin/cases/attachment/{row.pk}/shown/"

    page = client.get(url(m.Attachment, "change", row.pk))
    assert f'<{tag} class="preview" src="{shown}"' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-src" not in client.get("/admin/")["Content-Security-Policy"]

    framed = client.get(shown)
    assert framed["Content-Disposition"].startswith("inline")
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert framed["X-Content-Type-Options"] == "nosniff"
    assert m.AuditEntry.objects.filter(act="downloaded", target_id=row.pk).count() == 1


def test_a_withdrawn_file_is_not_shown(client, person):
    row = f.AttachmentFactory(individual=person, withdrawn=True)

    assert b'class="preview"' not in client.get(url(m.Attachment, "change", row.pk)).content
    assert client.get(f"/admin/cases/attachment/{row.pk}/shown/").status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_no_other_role_is_shown_a_file(client, client_of, person, role):
    row = f.AttachmentFactory(individual=person)
    other = client_of(role, organisation=client.user.organisation)

    assert other.get(f"/admin/cases/attachment/{row.pk}/shown/").status_code == 403
    assert b"/shown/" not in other.get(url(m.Attachment, "change", row.pk)).content


def test_another_organisation_is_shown_nothing(client_of, person, other_organisation):
    row = f.AttachmentFactory(individual=person)
    stranger = client_of(Role.SUPERVISOR, organisation=other_organisation)

    assert stranger.get(f"/admin/cases/attachment/{row.pk}/shown/").status_code == 404
