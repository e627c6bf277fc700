"""Figures that are kept as they stood: a fingerprint tells whether they still are."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def fingerprint(content: str) -> str:
    """Give the SHA-256 of what is kept."""
    return sha256(content.encode()).hexdigest()


def check_fingerprint(content: str, said: str) -> None:
    """Refuse to keep what its fingerprint does not fit.

    :raises ValidationError: if the two differ.
    """
    if fingerprint(content) != said:
        message = _("What is to be kept and its fingerprint differ. Freeze the page anew.")
        raise ValidationError({"sha256": ValidationError(message, code="fingerprint")})
