"""The trail: who did what to what, chained per organisation. No foreign keys, nothing personal."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.scope import TRAIL, Scope
from cases.access.sensitivity import OPEN, Classes
from cases.models.gate import Gated
from cases.vocabulary.audit import Outcome


class AuditEntry(Gated):
    """One act. Names the fields that changed, never their values."""

    SCOPE: ClassVar[Scope] = TRAIL
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation_id": OPEN,
        "number": OPEN,
        "at": OPEN,
        "actor": OPEN,
        "actor_id": OPEN,
        "act": OPEN,
        "outcome": OPEN,
        "model": OPEN,
        "target_id": OPEN,
        "version_before": OPEN,
        "version_after": OPEN,
        "changed": OPEN,
        "reason": OPEN,
        "previous_hash": OPEN,
        "hash": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField(null=True, db_index=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=200)
    actor_id = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    model = models.CharField(max_length=40)
    target_id = models.UUIDField(null=True, db_index=True)
    version_before = models.PositiveIntegerField(null=True)
    version_after = models.PositiveIntegerField(null=True)
    changed = models.TextField(
        blank=True, default="", help_text="The names of the fields, never their values."
    )
    reason = models.CharField(max_length=500, blank=True, default="")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(Gated.Meta):
        verbose_name_plural = "audit entries"
        constraints = (
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="audit_number_is_unique_in_its_chain"
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(organisation_id__isnull=True),
                name="audit_number_is_unique_outside_organisations",
            ),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.model} {self.number}"


class AuditHead(Gated):
    """The last link of an organisation's chain; locked while a link is added."""

    SCOPE: ClassVar[Scope] = TRAIL
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation_id": OPEN,
        "number": OPEN,
        "hash": OPEN,
    }

    id = models.UUIDField(primary_key=True, editable=False)
    organisation_id = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta(Gated.Meta):
        pass
