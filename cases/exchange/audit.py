"""Anchors: the heads of all chains, signed, to be kept where no thief of the database reaches."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from cases.queries.audit import Head
from cases.rules.audit import canonical


class AnchorRefused(Exception):  # noqa: N818 - a finding, not a fault of ours
    """A file that is no anchor, or was not signed with the key."""


def signing_key(file: Path) -> Ed25519PrivateKey:
    """Read the key that signs; it is made on first use, for its owner's eyes only."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        made = Ed25519PrivateKey.generate()
        draft.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with suppress(FileExistsError):
            os.link(draft, file)  # two starting at once agree on one key
        draft.unlink()
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        message = f"{file} holds no Ed25519 key. Move it away; another is made on the next run."
        raise AnchorRefused(message)
    return key


def public_half(key: Ed25519PrivateKey) -> str:
    """Give the public key as people pass it on: 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def signed(heads: Sequence[Head], *, at: datetime, key: Ed25519PrivateKey) -> str:
    """Write an anchor as JSON."""
    told = [{"chain": str(h.chain), "number": h.number, "hash": h.hash} for h in heads]
    entries = sum(head.number for head in heads)
    anchor = {"made_at": at.isoformat(), "entries": entries, "heads": told}
    signature = key.sign(canonical(anchor).encode()).hex()
    whole = {"anchor": anchor, "public_key": public_half(key), "signature": signature}
    return json.dumps(whole, indent=2) + "\n"


def read(text: str, public_key: str) -> list[Head]:
    """Read the heads of an anchor, once its signature is found good.

    ``public_key`` is the one that was passed on: the key inside the file proves nothing.

    :raises AnchorRefused: for anything else than an anchor signed with it.
    """
    try:
        trusted = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except ValueError:
        message = "A public key is 64 hexadecimal digits, as anchor_audit prints it."
        raise AnchorRefused(message) from None
    try:
        whole: Any = json.loads(text)
        anchor, signature = whole["anchor"], bytes.fromhex(whole["signature"])
        trusted.verify(signature, canonical(anchor).encode())
        heads = anchor["heads"]
        return [Head(UUID(h["chain"]), int(h["number"]), str(h["hash"])) for h in heads]
    except InvalidSignature:
        message = "It was edited, or signed with another key than the one given."
        raise AnchorRefused(message) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        message = "It is no anchor. Give a file that anchor_audit wrote."
        raise AnchorRefused(message) from None
