"""Keys of writes: the first to come with one writes; whoever repeats it gets the same row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils.crypto import salted_hmac

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import attempts
from cases.models import IdempotencyKey
from cases.models.idempotency import LONGEST_PATH

KEPT_FOR = timedelta(days=30)
PATIENCE = "5s"
"""How long a twin waits for the one that was quicker."""


class KeyReused(Exception):  # noqa: N818 - a refusal, not a fault
    """The key came before, with something else."""

    def __init__(self) -> None:
        super().__init__(
            "This key came before with another address or body. Nothing was written. "
            "Send a new key with what is new."
        )


class InProgress(Exception):  # noqa: N818 - a refusal, not a fault
    """A twin with the same key is being written still."""

    def __init__(self) -> None:
        super().__init__("A write with this key is under way. Nothing more was written; try again.")


def claim(*, by: AnyActor, key: str, method: str, path: str, body: str) -> IdempotencyKey:
    """Take a key for the write of this transaction, or find what it has led to already.

    The row goes in before the write: the database then lets one of two twins pass, and holds the
    other until the first has ended. A write that fails takes the row with it.

    :raises PermissionDenied: for whoever is no user; keys belong to those.
    :raises KeyReused: if it came with another method, address or body.
    :raises InProgress: if a twin takes too long.
    """
    if by.user_id is None or by.organisation_id is None:
        message = "You may not use a key: keys belong to those who sign in."
        raise PermissionDenied(message)
    taken = IdempotencyKey(
        organisation_id=by.organisation_id,
        principal_id=by.user_id,
        key=key,
        method=method,
        path=path[:LONGEST_PATH],
        fingerprint=_fingerprint(method, path, body),
    )
    with acting_as(System("remembering the key of a write")):
        earlier = _twin(taken) or _insert(taken)
    if earlier is None:
        return taken
    if earlier.fingerprint != taken.fingerprint:
        raise KeyReused
    return earlier


def digest_of(file: "UploadedFile[Any]") -> list[str]:
    """Give a file in short, as part of a body: its name, and the SHA-256 of its content."""
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [str(file.name), digest.hexdigest()]


def settle(claimed: IdempotencyKey, *, result: models.Model | None, status: int) -> None:
    """Note what the write led to, in its own transaction."""
    claimed.status = status
    if result is not None:
        claimed.result_model, claimed.result_id = result._meta.model_name or "", result.pk
    with acting_as(System("remembering the result of a write")):
        claimed.save(update_fields=["status", "result_model", "result_id"])


def settle_many(
    claimed: IdempotencyKey, *, results: Iterable[tuple[int, UUID | None]], status: int
) -> None:
    """Note what a write of many rows led to: of each its status, and its id or none."""
    claimed.status = status
    claimed.results = "\n".join(f"{of_row} {key or ''}".strip() for of_row, key in results)
    with acting_as(System("remembering the results of a write")):
        claimed.save(update_fields=["status", "results"])


def forget_old(*, by: AnyActor) -> int:
    """Take away the keys that nobody will send again.

    :returns: how many.
    """
    if not isinstance(by, System):
        message = "You may not take keys away; the server does it when they are old."
        raise PermissionDenied(message)
    return _old().delete()[0]


def _old() -> models.QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(recorded_at__lt=_oldest())


def _oldest() -> datetime:
    return clock.now() - KEPT_FOR


def _fingerprint(method: str, path: str, body: str) -> str:
    """Hash with the server's secret: whoever steals the table cannot try names against it."""
    sent = f"{method}\n{path}\n{body}"
    return salted_hmac("cases.idempotency", sent, algorithm="sha256").hexdigest()


def _twin(taken: IdempotencyKey) -> IdempotencyKey | None:
    """Find the same key of the same principal; one that is old is forgotten instead."""
    same = IdempotencyKey.objects.filter(principal_id=taken.principal_id, key=taken.key).first()
    if same is not None and same.recorded_at < _oldest():
        same.delete()
        return None
    return same


def _insert(taken: IdempotencyKey) -> IdempotencyKey | None:
    """Insert the key; give the twin's where it was quicker.

    :raises InProgress: where it does not end in time.
    """
    try:
        with transaction.atomic(), _limited_wait():
            taken.save(force_insert=True)
    except IntegrityError:
        return _twin(taken)
    except OperationalError as fault:
        if attempts.is_lock_timeout(fault):
            raise InProgress from None
        raise
    return None


@contextmanager
def _limited_wait() -> Iterator[None]:
    """Wait for a twin no longer than a caller would; SQLite waits when a transaction begins."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        yield
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])
