"""Files sealed at rest, block by block, each under a key of its own.

The key is derived from one that lies beside the database and a salt that lies in it: whoever has
only one of the two reads nothing, and once the salt is gone nobody does.
"""

import io
import secrets
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, Any

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


class Sealer(io.RawIOBase):
    """Takes a file as it is written and passes it on sealed: it lies nowhere in clear.

    The last block is marked by :meth:`finish`; a file that was cut short does not open.
    """

    def __init__(self, to: IO[bytes], salt: str) -> None:
        self._to, self._cipher = to, _cipher(salt)
        self._held, self._number = bytearray(), 0
        self._digest = sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The fingerprint of what was written, in clear."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        taken = bytes(data)
        self._digest.update(taken)
        self.size += len(taken)
        self._held += taken
        while len(self._held) > BLOCK:
            self._pass_on(BLOCK, _MORE)
        return len(taken)

    def finish(self) -> None:
        """Pass on what is left, as the last block."""
        self._pass_on(len(self._held), _LAST)

    def _pass_on(self, size: int, mark: bytes) -> None:
        block = bytes(self._held[:size])
        del self._held[:size]
        self._to.write(self._cipher.encrypt(_nonce(self._number), block, mark))
        self._number += 1


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
