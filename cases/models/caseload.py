"""What was last published of the counts of people, and the counts behind it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases import clock, ids
from cases.access.scope import SYSTEM, Scope
from cases.access.sensitivity import OPERATIONAL, PROTECTED, Classes
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.caseload import Subject


class CaseloadRelease(Gated):
    """The figures that pages show until enough has changed for the next.

    One a subject for each organisation, and one across all, which has none.
    """

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPERATIONAL,
        "organisation": OPERATIONAL,
        "subject": OPERATIONAL,
        "made_at": OPERATIONAL,
        "counted": PROTECTED,
        "shown": OPERATIONAL,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(
        "cases.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(max_length=10, choices=Subject)
    made_at = models.DateTimeField(default=clock.now)
    counted = models.TextField(
        default="{}", help_text="The counts of each organisation; nobody is shown them."
    )
    shown = models.TextField(
        blank=True, default="", help_text="The tables; empty where too few people stand behind."
    )

    class Meta(Gated.Meta):
        constraints = (
            known_term("caseload_release", "subject", Subject),
            models.UniqueConstraint(
                fields=["organisation", "subject"],
                name="caseload_release_stands_once",
                violation_error_message="These figures are published already.",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(organisation__isnull=True),
                name="caseload_release_across_all_stands_once",
                violation_error_message="These figures are published already.",
            ),
        )

    def __str__(self) -> str:
        return f"release of {self.subject} {str(self.pk)[:8]}"
