"""How often somebody tried to get in: counted in the database, so that every process agrees."""

from typing import ClassVar

from django.db import models

from cases import clock
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated


class SignInCount(Gated):
    """The attempts at one account, at one second factor, or from one network."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "key": OPERATIONAL,
        "attempts": OPERATIONAL,
        "last_at": OPERATIONAL,
        "blocked_until": OPERATIONAL,
    }

    key = models.CharField(
        max_length=64,
        primary_key=True,
        help_text="A keyed hash of what is counted: people type passwords into the wrong box.",
    )
    attempts = models.PositiveIntegerField(
        default=0, help_text="Attempts without success since the last success or rest."
    )
    last_at = models.DateTimeField(default=clock.now, db_index=True)
    blocked_until = models.DateTimeField(default=clock.now)

    class Meta(Gated.Meta):
        pass

    def __str__(self) -> str:
        return f"attempts {self.key[:8]}"
