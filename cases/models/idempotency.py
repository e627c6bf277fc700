"""What a key of a write has led to: so that sending it again writes nothing more."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from cases import clock, ids
from cases.access.scope import TRAIL_OF_KEYS, Scope
from cases.access.sensitivity import OPEN, PROTECTED, Classes
from cases.models.gate import Gated

LONGEST_KEY = 255
LONGEST_PATH = 300


class IdempotencyKey(Gated):
    """A key that somebody sent with a write, and the row that came of it.

    Holds no answer: what is given again is read again, under the rights of that moment.
    """

    SCOPE: ClassVar[Scope] = TRAIL_OF_KEYS
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation_id": OPEN,
        "principal_id": OPEN,
        "key": PROTECTED,
        "method": OPEN,
        "path": OPEN,
        "fingerprint": PROTECTED,
        "result_model": OPEN,
        "result_id": OPEN,
        "results": OPEN,
        "status": OPEN,
        "recorded_at": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField(db_index=True)
    principal_id = models.UUIDField(
        help_text="The user, not the token: a token may be changed between two tries."
    )
    key = models.CharField(max_length=LONGEST_KEY)
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=LONGEST_PATH)
    fingerprint = models.CharField(
        max_length=64, help_text="A keyed hash of method, address and body, never the body."
    )
    result_model = models.CharField(max_length=40, blank=True, default="")
    result_id = models.UUIDField(null=True, blank=True)
    results = models.TextField(
        blank=True, default="", help_text="Of a write of many rows: the status and id of each."
    )
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty until the write of this transaction is done."
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["principal_id", "key"],
                name="idempotency_key_stands_once",
                violation_error_message="This key has been used already.",
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__gte=200, status__lt=300),
                name="idempotency_key_remembers_success_only",
                violation_error_message="Only a write that succeeded is remembered.",
            ),
        )

    def __str__(self) -> str:
        return f"key {str(self.pk)[:8]}"

    def outcomes(self) -> list[tuple[int, UUID | None]]:
        """Give the status of each of many rows, and the id of those that were written."""
        pairs = (line.split() for line in self.results.splitlines())
        return [(int(status), UUID(key[0]) if key else None) for status, *key in pairs]

    @property
    def is_settled(self) -> bool:
        """Whether the write was done, by an earlier transaction or by this one."""
        return self.status is not None
