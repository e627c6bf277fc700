"""The trail: who did what to what, chained per organisation. No foreign keys, nothing personal."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from cases import clock, ids
from cases.access.scope import TRAIL, TRAIL_HEAD, Scope
from cases.access.sensitivity import OPEN, Classes
from cases.models.gate import Gated
from cases.rules import audit as chain
from cases.vocabulary.audit import Door, Outcome
from cases.vocabulary.organisations import Role


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
        "door": OPEN,
        "request_id": OPEN,
        "model": OPEN,
        "target_id": OPEN,
        "version_before": OPEN,
        "version_after": OPEN,
        "changed": OPEN,
        "reason": OPEN,
        "commitment": OPEN,
        "previous_hash": OPEN,
        "hash": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField(
        null=True,
        db_index=True,
        help_text="The organisation whose chain this is; none for what belongs to no organisation.",
    )
    number = models.PositiveBigIntegerField(help_text="The place in the chain, from 1.")
    at = models.DateTimeField("time", default=clock.now, help_text="When it was attempted.")
    actor = models.CharField(max_length=200, help_text="The role, or what the system was doing.")
    actor_id = models.UUIDField(
        null=True, db_index=True, help_text="The user; none for the system and for nobody."
    )
    act = models.CharField(max_length=60, help_text="What was done, or what one may not do.")
    outcome = models.CharField(
        max_length=10, choices=Outcome, default=Outcome.DONE, help_text="How it ended."
    )
    door = models.CharField(
        max_length=10, choices=Door, blank=True, default="", help_text="Where it came in."
    )
    request_id = models.UUIDField(
        null=True,
        blank=True,
        db_index=True,
        help_text="One request or one run of a command: the X-Request-Id of its answer.",
    )
    model = models.CharField(max_length=40, help_text="What kind of row it was about.")
    target_id = models.UUIDField(
        null=True,
        db_index=True,
        help_text="The row; of a refused attempt, the id that was asked for, of a row or of none.",
    )
    version_before = models.PositiveIntegerField(null=True)
    version_after = models.PositiveIntegerField(null=True)
    changed = models.TextField(
        blank=True, default="", help_text="The names of the fields, never their values."
    )
    reason = models.CharField(
        max_length=500, blank=True, default="", help_text="Why, as given; why it was refused."
    )
    commitment = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="Binds the entry and the values of its row under a key kept off the database.",
    )
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
        indexes = (models.Index(fields=["organisation_id", "at"], name="audit_by_time"),)

    def __str__(self) -> str:
        return f"{self.act} {self.model} {self.number}"

    @property
    def act_in_words(self) -> str:
        """The act in the reader's language."""
        return gettext(self.act)

    @property
    def actor_in_words(self) -> str:
        """The role in the reader's language; what the system was doing stays as it was written."""
        return str(Role(self.actor).label) if self.actor in Role.values else self.actor

    def told(self) -> dict[str, object]:
        """Give all that the entry says, as it is hashed.

        What came later is left out where it is empty, so that older entries keep their hash.
        """
        later = {"door": str(self.door), "request": self.request_id and str(self.request_id)}
        return {
            "id": str(self.id),
            "organisation": str(self.organisation_id),
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "actor_id": str(self.actor_id),
            "act": self.act,
            "outcome": str(self.outcome),
            "model": self.model,
            "target": str(self.target_id),
            "versions": [self.version_before, self.version_after],
            "changed": self.changed,
            "reason": self.reason,
            **{name: value for name, value in later.items() if value},
        }

    def fingerprint(self) -> dict[str, object]:
        """Give what the hash covers: what the entry says, and what it commits to."""
        return self.told() | ({"commitment": self.commitment} if self.commitment else {})

    def commitment_to(self, row: Mapping[str, object] | None) -> str:
        """Work out the commitment of this entry to the values of a row."""
        return chain.commitment(settings.AUDIT_KEY, self.previous_hash, self.told(), row)


class AuditHead(Gated):
    """The last link of an organisation's chain; locked while a link is added."""

    SCOPE: ClassVar[Scope] = TRAIL_HEAD
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
