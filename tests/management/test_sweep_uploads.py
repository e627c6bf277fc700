"""`manage.py sweep_uploads`."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.models import AuditEntry
from tests.factories import AttachmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_orphan():
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
    default_storage.save("orphan", ContentFile(b"x"))


def test_it_says_what_it_would_remove_and_removes_it_when_told(capsys):
    call_command("sweep_uploads", older_than=-1)
    assert "1 would be removed with --delete" in capsys.readouterr().out
    assert default_storage.exists("orphan")

    call_command("sweep_uploads", delete=True, older_than=-1)
    assert not default_storage.exists("orphan")
    assert AuditEntry.objects.filter(reason="sweeping uploads").count() == 2


def test_a_young_file_is_left_alone(capsys):
    call_command("sweep_uploads", delete=True)

    assert default_storage.exists("orphan")


def test_a_missing_file_is_a_failure_that_names_the_row():
    row = AttachmentFactory()
    default_storage.delete(row.stored_name)

    with pytest.raises(CommandError, match=str(row.pk)):
        call_command("sweep_uploads")
