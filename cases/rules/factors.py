"""Whether a code of the second factor is right. Knows the secret, never where it is kept."""

from base64 import b32decode
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECONDS = 30
DIGITS = 6
TOLERANCE = 1
"""Steps that a phone's clock may be ahead or behind."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No letter that looks like a digit: the codes are kept on paper."""
RECOVERY_LETTERS = 16


def authenticator(secret: str) -> TOTP:
    """Give the generator for a secret in base 32: RFC 6238 as every authenticator app has it."""
    return TOTP(b32decode(secret), DIGITS, SHA1(), SECONDS)  # noqa: S303 - the RFC's own


def step_at(moment: datetime) -> int:
    """Give the number of a moment's half-minute."""
    return int(moment.timestamp()) // SECONDS


def code_of(secret: str, step: int) -> str:
    """Give the code of one step."""
    return authenticator(secret).generate(step * SECONDS).decode()


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """Find the step whose code this is, later than the last one used; or None.

    :param after: the last step that was accepted: its code, or an older one, is no longer good.
    """
    given, here = normal(code).encode(), step_at(now)
    steps = range(here - TOLERANCE, here + TOLERANCE + 1)
    matches = [step for step in steps if compare_digest(given, code_of(secret, step).encode())]
    return next((step for step in matches if step > after), None)


def normal(code: str) -> str:
    """Give a code without the gaps that people type."""
    return "".join(code.split()).replace("-", "").lower()


def looks_like_recovery(code: str) -> bool:
    """Tell a recovery code from a code of the app by its length."""
    return len(normal(code)) == RECOVERY_LETTERS


def grouped(code: str) -> str:
    """Write a recovery code in fours, as it is shown."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def digest(code: str) -> str:
    """Give what is kept of a recovery code.

    A plain hash is enough: 79 random bits cannot be searched, unlike a password.
    """
    return sha256(normal(code).encode()).hexdigest()
