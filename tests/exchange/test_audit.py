"""Anchors: signed, read with the key that was passed on, refused otherwise."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cases.exchange.audit import AnchorRefused, public_half, read, signed, signing_key
from cases.queries.audit import Head

HEADS = [Head(uuid4(), 7, "a" * 64), Head(uuid4(), 3, "b" * 64)]
AT = datetime(2024, 11, 22, tzinfo=UTC)


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "keys" / "anchor.pem")


def test_the_key_is_made_once_and_only_the_owner_reads_it(tmp_path, key):
    file = tmp_path / "keys" / "anchor.pem"

    assert file.stat().st_mode & 0o777 == 0o600
    assert public_half(signing_key(file)) == public_half(key)
    assert [found.name for found in file.parent.iterdir()] == ["anchor.pem"]


def test_another_kind_of_key_is_refused(tmp_path):
    file = tmp_path / "key.pem"
    other = generate_private_key(SECP256R1())
    file.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    with pytest.raises(AnchorRefused, match="holds no Ed25519 key"):
        signing_key(file)


def test_what_is_signed_is_read(key):
    text = signed(HEADS, at=AT, key=key)

    assert read(text, public_half(key)) == HEADS
    assert json.loads(text)["anchor"]["entries"] == 10


def test_an_anchor_reads_the_same_in_another_layout(key):
    whole = json.loads(signed(HEADS, at=AT, key=key))

    assert read(json.dumps(whole, sort_keys=True), public_half(key)) == HEADS


def test_an_edited_anchor_is_refused(key):
    text = signed(HEADS, at=AT, key=key)

    with pytest.raises(AnchorRefused, match="was edited"):
        read(text.replace("2024", "2025"), public_half(key))


def test_an_anchor_of_another_key_is_refused_whatever_it_says_of_itself(key, tmp_path):
    forged = signed(HEADS, at=AT, key=signing_key(tmp_path / "another.pem"))

    with pytest.raises(AnchorRefused, match="another key"):
        read(forged, public_half(key))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"anchor": 1, "signature": "zz"}', '{"signature": "00"}']
)
def test_what_is_no_anchor_is_refused(text, key):
    with pytest.raises(AnchorRefused, match="no anchor"):
        read(text, public_half(key))


@pytest.mark.parametrize("public", ["", "zz", "00", "é" * 64])
def test_what_is_no_key_is_refused(public, key):
    with pytest.raises(AnchorRefused, match="64 hexadecimal digits"):
        read(signed(HEADS, at=AT, key=key), public)
