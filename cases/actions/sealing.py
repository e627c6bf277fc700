"""Files that lie locked: what is stolen from the disk alone tells nothing."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


def sealed(content: bytes) -> bytes:
    """Lock a file under the installation's present key."""
    nonce = os.urandom(_NONCE)
    return nonce + _key(settings.SECRET_KEY).encrypt(nonce, content, None)


def opened(locked: bytes) -> bytes:
    """Unlock a file; one that was locked under a former key as well.

    :raises FileNotFoundError: where no key fits, or it was tampered with.
    """
    nonce, rest = locked[:_NONCE], locked[_NONCE:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _key(secret).decrypt(nonce, rest, None)
        except InvalidTag:
            continue
    raise FileNotFoundError


def _key(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"imported file").derive(secret.encode()))
