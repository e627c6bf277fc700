"""Files sealed at rest, block by block, each under a key of its own.

The key is derived from one that lies beside the database and a salt that lies in it: whoever has
only one of the two reads nothing, and once the salt is gone nobody does.
"""

import secrets
from collections.abc import Iterator
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

BLOCK = 64 * 1024
_TAG, _NONCE = 16, 12
_MORE, _LAST = b"more", b"last"


def new_salt() -> str:
    """Give what makes the next key another one."""
    return secrets.token_hex(32)


def sealed(plain: IO[bytes], to: IO[bytes], *, salt: str) -> None:
    """Seal a file. The last block is marked: one that was cut short does not open."""
    cipher = _cipher(salt)
    block = plain.read(BLOCK)
    number = 0
    while True:
        following = plain.read(BLOCK)
        to.write(cipher.encrypt(_nonce(number), block, _MORE if following else _LAST))
        if not following:
            return
        block, number = following, number + 1


def opened(file: IO[bytes], *, salt: str) -> Iterator[bytes]:
    """Open a sealed file block by block.

    :raises InvalidTag: where it is not as it was sealed.
    """
    cipher = _cipher(salt)
    block = file.read(BLOCK + _TAG)
    number = 0
    while block:
        following = file.read(BLOCK + _TAG)
        yield cipher.decrypt(_nonce(number), block, _MORE if following else _LAST)
        block, number = following, number + 1


def _cipher(salt: str) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=bytes.fromhex(salt), info=b"export")
    return AESGCM(derived.derive(settings.EXPORT_KEY.encode()))


def _nonce(number: int) -> bytes:
    """Give each block a number of its own; a key seals one file, so that none comes twice."""
    return number.to_bytes(_NONCE, "big")
