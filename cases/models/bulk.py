"""One act on many rows: what was chosen, and how it went with each."""

from typing import ClassVar

from django.db import models

from cases import clock, ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, Classes
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.bulk import BulkAct, BulkOutcome, BulkState
from cases.vocabulary.individuals import Priority

LONGEST_WHY = 300


class BulkRun(Gated):
    """One act on many rows, chosen by one user and read by nobody else."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "organisation": OPERATIONAL,
        "user": OPERATIONAL,
        "act": OPERATIONAL,
        "state": OPERATIONAL,
        "assigned_to": OPERATIONAL,
        "priority": OPERATIONAL,
        "batch": OPERATIONAL,
        "selected_at": OPERATIONAL,
        "began_at": OPERATIONAL,
        "ended_at": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("cases.User", models.PROTECT, related_name="+")
    act = models.CharField(max_length=20, choices=BulkAct)
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.SELECTED)
    assigned_to = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    priority = models.CharField(max_length=10, choices=Priority, blank=True, default="")
    batch = models.ForeignKey(
        "cases.RepatriationBatch", models.PROTECT, null=True, blank=True, related_name="+"
    )
    selected_at = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Gated.Meta):
        constraints = (
            known_term("bulk_run", "act", BulkAct),
            known_term("bulk_run", "state", BulkState),
        )

    def __str__(self) -> str:
        return f"bulk run {str(self.pk)[:8]}"


class BulkItem(Gated):
    """One row of a run: the id that was chosen, as it stood then, and how it went."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "run": OPERATIONAL,
        "position": OPERATIONAL,
        "target_id": OPERATIONAL,
        "target_version": OPERATIONAL,
        "outcome": OPERATIONAL,
        "why": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    run = models.ForeignKey(BulkRun, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    target_id = models.UUIDField(help_text="The row; no key, so that a run hinders nothing.")
    target_version = models.PositiveIntegerField(help_text="Its version when it was chosen.")
    outcome = models.CharField(max_length=10, choices=BulkOutcome, default=BulkOutcome.WAITING)
    why = models.CharField(max_length=LONGEST_WHY, blank=True, default="")

    class Meta(Gated.Meta):
        constraints = (
            known_term("bulk_item", "outcome", BulkOutcome),
            models.UniqueConstraint(
                fields=["run", "target_id"],
                name="bulk_item_stands_once",
                violation_error_message="A row is in a run once.",
            ),
        )
        indexes = (models.Index(fields=["run", "outcome", "position"], name="bulk_item_waiting"),)

    def __str__(self) -> str:
        return f"bulk item {str(self.pk)[:8]}"
