"""The chain of the audit trail."""

import json
from collections.abc import Mapping
from hashlib import sha256

START = "0" * 64


def link(previous: str, entry: Mapping[str, object]) -> str:
    """Hash an entry together with the hash before it: SHA-256 over canonical JSON, in hex."""
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{previous}\n{canonical}".encode()).hexdigest()
