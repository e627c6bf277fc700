"""Ids: random, or derived from a name where a build must be repeatable."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from itertools import count
from uuid import UUID, uuid4

_named: ContextVar[Iterator[UUID] | None] = ContextVar("named_ids", default=None)


def new_id() -> UUID:
    """Give a random UUIDv4; inside :func:`derived_from`, the next id of that name."""
    named = _named.get()
    return uuid4() if named is None else next(named)


@contextmanager
def derived_from(name: str) -> Iterator[None]:
    """Derive ids from ``name``: the first, second, … id asked for is the same in each run."""
    token = _named.set(_series(name))
    try:
        yield
    finally:
        _named.reset(token)


def _series(name: str) -> Iterator[UUID]:
    for number in count():
        yield UUID(bytes=sha256(f"{name}#{number}".encode()).digest()[:16], version=4)
