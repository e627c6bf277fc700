"""Cases put together: which into which, and what followed, so that it can come back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import ids
from cases.access.scope import OF_A_MERGE, SYSTEM, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, Record
from cases.models.duplicates import LONGEST_REASON
from cases.models.gate import Gated


class Merge(Record):
    """One case found to be of the same person as another, and put into it."""

    SCOPE: ClassVar[Scope] = OF_A_MERGE
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "duplicate": OPEN,
        "reason": PROTECTED,
        "event": OPEN,
        "undone_at": OPEN,
        "undone_by": OPERATIONAL,
        "undo_reason": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        verbose_name="kept case",
        related_name="merges",
        help_text="The case that goes on.",
    )
    duplicate = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="merged_away",
        help_text="The case whose names, ties, places, help, tasks, notes and files follow.",
    )
    reason = models.CharField(
        max_length=LONGEST_REASON, help_text="What says that the two are one person."
    )
    event = models.ForeignKey(
        "cases.StatusEvent",
        models.PROTECT,
        related_name="+",
        editable=False,
        help_text="The step by which the second case became a duplicate.",
    )
    undone_at = models.DateTimeField(
        "undone", null=True, blank=True, editable=False, help_text="When it was taken back."
    )
    undone_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    undo_reason = models.CharField(
        max_length=LONGEST_REASON,
        blank=True,
        default="",
        editable=False,
        help_text="Why it was taken back.",
    )

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=~Q(individual=F("duplicate")),
                name="merge_is_of_two_cases",
                violation_error_message="A case is not merged into itself. Choose another one.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undo_reason=""),
                name="merge_that_stands_has_no_undo_reason",
                violation_error_message="A merge that stands was not undone.",
            ),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at__isnull=True),
                name="case_is_merged_into_one",
                violation_error_message="This case is merged into another one already.",
            ),
        )


class MergedRow(Gated):
    """One column that a merge changed, and what it held: an id, a term, or the person's own words.

    For undoing alone; no user's query reaches it.
    """

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "merge": OPEN,
        "model": OPEN,
        "row_id": OPEN,
        "field": OPEN,
        "previous": PROTECTED,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    merge = models.ForeignKey(Merge, models.PROTECT, related_name="rows")
    model = models.CharField(max_length=40)
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    previous = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["merge", "row_id", "field"],
                name="merge_changes_a_column_once",
                violation_error_message="A merge changes a column once.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {str(self.row_id)[:8]}"
