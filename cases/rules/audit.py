"""The chain of the audit trail, and what its entries commit to."""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256

START = "0" * 64
# Kept: `json.dumps` makes a new one for each call, which took a third of verifying.
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: str, entry: Mapping[str, object]) -> str:
    """Hash an entry together with the hash before it: SHA-256 over canonical JSON, in hex."""
    return sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()


def commitment(
    key: str, previous: str, entry: Mapping[str, object], row: Mapping[str, object] | None
) -> str:
    """Bind an entry, its place in the chain and the values of its row: HMAC-SHA-256, in hex.

    The entry's own random id is the salt: two rows of equal values have nothing in common here.
    Without the key nobody tries values until one fits, nor adds an entry that holds.
    """
    bound = canonical({"previous": previous, "entry": entry, "row": row})
    return hmac.new(key.encode(), bound.encode(), sha256).hexdigest()


def canonical(thing: Mapping[str, object]) -> str:
    """Write JSON in the one form that is hashed and signed."""
    return _encoder.encode(thing)
