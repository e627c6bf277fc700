"""Each question is asked of the same rows: what an answer wrote is taken back."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.core.signing import TimestampSigner
from django.db import transaction


@pytest.fixture
def transactional_marks(db: None) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def taken_back() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return taken_back


@pytest.fixture
def without_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing in an answer to chance or to the clock: secrets are the same each time."""
    monkeypatch.setattr(
        "django.middleware.csrf.get_random_string", lambda length, **_of: "a" * length
    )
    monkeypatch.setattr("cases.actions.factors.secrets.token_bytes", lambda size: b"c" * size)
    signed_at = TimestampSigner().timestamp()
    monkeypatch.setattr("django.core.signing.TimestampSigner.timestamp", lambda _self: signed_at)
    monkeypatch.setattr("django.utils.cache.http_date", lambda _seconds: "a moment ago")
    monkeypatch.setattr("cases.admin.idempotency.secrets.token_urlsafe", lambda _size: "b" * 32)
