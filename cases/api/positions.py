"""Positions in the feed, written so that nobody reads them and only their reader uses them."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

from cases.access.gate import current_actor
from cases.access.session import told
from cases.queries.changes import Place, Position

_FORM = struct.Struct(">qqq")
_KEY_BYTES = 16
_LONGEST = 400
_NOT_OURS = "This position is not one of yours. Take it from `next`, or begin anew without `after`."


def written(position: Position) -> str:
    """Write a position so that nobody reads it: its numbers would tell how much others do."""
    place = _FORM.pack(position.epoch, position.place.written_in, position.place.number)
    key = position.key.bytes if position.key else bytes(_KEY_BYTES)
    whole = place + (key + position.model.encode() if position.model else b"")
    return urlsafe_b64encode(_keys()[0].encrypt(whole, [_reader()])).decode().rstrip("=")


def read(text: str) -> Position:
    """Read a position that was written for whoever asks, under the rights of now.

    :raises ValidationError: for any other.
    """
    whole = _opened(text)
    place, rest = whole[: _FORM.size], whole[_FORM.size :]
    epoch, written_in, number = _FORM.unpack(place)
    key, model = rest[:_KEY_BYTES], rest[_KEY_BYTES:].decode()
    is_behind = any(key)
    return Position(epoch, Place(written_in, number), model, UUID(bytes=key) if is_behind else None)


def _opened(text: str) -> bytes:
    if text.isascii() and len(text) <= _LONGEST:
        try:
            sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except NotBase64:
            sealed = b""
        for key in _keys():
            try:
                return key.decrypt(sealed, [_reader()])
            except (InvalidTag, ValueError):
                continue
    raise ValidationError(_NOT_OURS, code="position")


def _reader() -> bytes:
    """Say for whom a position holds: with another role or clearance one has seen other rows."""
    return "|".join(told(current_actor())).encode()


@cache
def _cipher(secret: str) -> AESSIV:
    return AESSIV(HKDF(SHA512(), 64, None, b"positions of the feed").derive(secret.encode()))


def _keys() -> list[AESSIV]:
    return [_cipher(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
