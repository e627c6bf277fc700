"""Secrets that must be read again, sealed under keys that are outside the database."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: str, *, purpose: bytes) -> str:
    """Seal a secret for one purpose."""
    return _keys(purpose).encrypt(secret.encode()).decode()


def opened(sealed: str, *, purpose: bytes) -> str:
    """Open what was sealed for the same purpose.

    :raises InvalidToken: under another purpose, or keys that are gone.
    """
    return _keys(purpose).decrypt(sealed.encode()).decode()


def _keys(purpose: bytes) -> MultiFernet:
    """Derive the keys of one purpose from the installation's, the present one first."""
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(HKDF(SHA256(), 32, None, purpose).derive(key.encode())))
            for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )
