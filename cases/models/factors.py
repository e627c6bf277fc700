"""The second factor of a sign-in: an authenticator app, and recovery codes for when it is lost."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import CRITICAL, OPERATIONAL, Classes
from cases.models.gate import Gated
from cases.models.organisations import User


class Factor(Gated):
    """A user's authenticator app."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "user": OPERATIONAL,
        "secret": CRITICAL,
        "last_step": OPERATIONAL,
        "added_at": OPERATIONAL,
        "reset_asked_by": OPERATIONAL,
        "reset_asked_at": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    secret = models.CharField(max_length=300, help_text="Encrypted under the installation's key.")
    last_step = models.BigIntegerField(
        help_text="The last half-minute whose code was accepted: no code is good twice."
    )
    added_at = models.DateTimeField(default=clock.now)
    reset_asked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The administrator who asked for its removal; another one has to agree.",
    )
    reset_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Gated.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reset_asked_by__isnull=True, reset_asked_at__isnull=True)
                | models.Q(reset_asked_by__isnull=False, reset_asked_at__isnull=False),
                name="factor_reset_has_who_and_when",
                violation_error_message="Say who asked for the reset, and when.",
            ),
        )

    def __str__(self) -> str:
        return f"second factor {str(self.pk)[:8]}"


class RecoveryCode(Gated):
    """One of a user's recovery codes, good once."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "user": OPERATIONAL,
        "digest": CRITICAL,
        "used_at": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="The hash of the code; never the code.")
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["user", "digest"],
                name="recovery_code_is_unique_for_its_user",
                violation_error_message="This user has such a recovery code already.",
            ),
        )

    def __str__(self) -> str:
        return f"recovery code {str(self.pk)[:8]}"
