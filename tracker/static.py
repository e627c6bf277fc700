"""Static files: compressed, and named by their content, in a fraction of a second.

Django's manifest storage does the same by rewriting every file, which takes half a minute.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedStaticFilesStorage


@cache
def fingerprint(name: str) -> str:
    """Return a short hash of the file's content, or nothing where there is no such file."""
    found = finders.find(name)
    if not isinstance(found, str):
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


class FingerprintedStorage(CompressedStaticFilesStorage):
    """Add the fingerprint to the address (`?v=…`), so that browsers may keep a file for long."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = fingerprint(name) if name else ""
        return f"{address}?v={version}" if version else address
