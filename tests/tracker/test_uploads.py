"""Where uploads lie."""

import pytest
from django.core.files.base import ContentFile

from tracker.uploads import PrivateStorage


@pytest.fixture
def storage(tmp_path, settings):
    return PrivateStorage(
        location=tmp_path / "uploads",
        file_permissions_mode=settings.FILE_UPLOAD_PERMISSIONS,
        directory_permissions_mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS,
    )


def test_only_their_owner_reads_them(storage):
    name = storage.save("abc", ContentFile(b"x"))

    with storage.open(name) as file:
        assert file.read() == b"x"
    assert storage.listdir("") == ([], ["abc"])
    assert (storage.base_location / name).stat().st_mode & 0o777 == 0o600


def test_no_address_leads_to_them(storage, client):
    name = storage.save("abc", ContentFile(b"x"))

    with pytest.raises(ValueError, match="no address"):
        storage.url(name)
    assert client.get("/uploads/abc").status_code == 404


@pytest.mark.parametrize("name", ["../abc", "/etc/abc"])
def test_nothing_is_stored_elsewhere(storage, name):
    with pytest.raises(Exception, match="Detected path traversal"):
        storage.save(name, ContentFile(b"x"))
