"""Bodies that break other parsers."""

import time

import pytest
from django.conf import settings

from cases.models import Place
from tests.api.collections import address
from tests.api.test_collections import assert_problem

pytestmark = pytest.mark.django_db
PLACES = address("places")
BAD = {
    "truncated": b"{",
    "list": b"[]",
    "text": b'"a"',
    "number": b"1",
    "null": b"null",
    "not UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "a"}'.encode("utf-16"),
    "nested lists": b'{"name": ' + b"[" * 100_000,
    "nested objects": b'{"a":' * 50_000,
    "long number": b'{"name": ' + b"9" * 5_000 + b"}",
    "infinite number": b'{"name": 1e400}',
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"name": -Infinity}',
    "key twice": b'{"name": "a", "name": "b"}',
    "null character": b'{"name": "a\\u0000"}',
    "null character in a key": b'{"na\\u0000me": "a"}',
    "lone surrogate": b'{"name": "\\ud800"}',
    "lone surrogate in a list": b'{"name": ["\\udfff"]}',
    "raw control character": b'{"name": "a\x00"}',
    "comment": b'{"name": "a"} // b',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bodies_are_refused_at_once(name, organisation, api_of):
    client, begun = api_of(), time.monotonic()

    response = client.post(PLACES, BAD[name], content_type="application/json")

    assert_problem(response, 400)
    assert time.monotonic() - begun < 1
    assert not Place.objects.exists()


def test_escaped_pairs_and_deep_enough_texts_are_read(organisation, api_of):
    sent = b'{"name": "\\ud83d\\ude00 [[[[[ \\"", "kind": "oblast"}'

    response = api_of().post(PLACES, sent, content_type="application/json")

    assert response.json()["name"] == '😀 [[[[[ "'


def test_body_over_the_limit_is_refused(organisation, api_of):
    sent = b'{"name": "' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'

    assert_problem(api_of().post(PLACES, sent, content_type="application/json"), 413)


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/xml", "nonsense"]
)
def test_other_media_types_are_refused(kind, organisation, api_of):
    assert_problem(api_of().post(PLACES, b"a=b", content_type=kind), 415)


@pytest.mark.parametrize("charset", ["utf-16", "nonsense"])
def test_other_charsets_are_refused(charset, organisation, api_of):
    kind = f"application/json; charset={charset}"

    assert_problem(api_of().post(f"{PLACES}?kind=%D0", b"{}", content_type=kind), 415)


def test_empty_body_lacks_its_fields(organisation, api_of):
    response = api_of().post(PLACES, b"", content_type="application/json")

    assert {f["field"] for f in assert_problem(response, 400)["errors"]} == {"kind", "name"}
