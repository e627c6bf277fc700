"""Addresses of static files change with their content."""

import re

from tracker.static import FingerprintedStorage


def test_an_address_names_the_content():
    storage = FingerprintedStorage(base_url="/static/")

    address = storage.url("admin/css/base.css")

    assert re.fullmatch(r"/static/admin/css/base\.css\?v=[0-9a-f]{12}", address)


def test_an_unknown_file_and_a_folder_have_no_fingerprint():
    storage = FingerprintedStorage(base_url="/static/")

    assert storage.url("no/such.css") == "/static/no/such.css"
    assert storage.url("") == "/static/"
