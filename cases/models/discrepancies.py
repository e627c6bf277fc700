"""Contradictions under review, and their sides."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.access.scope import Scope, publishable
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes
from cases.models.base import LONG, SHORT, Record
from cases.models.terms import known_term
from cases.rules.discrepancies import EXPLAINED
from cases.vocabulary.counts import DiscrepancyKind, DiscrepancyState


class Discrepancy(Record):
    """A contradiction under review. Both sides are kept whatever comes of it."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "title": OPEN,
        "kind": OPEN,
        "state": OPEN,
        "rationale": OPEN,
        "is_automatic": OPEN,
        "owner": OPERATIONAL,
        "is_published": OPEN,
    }

    title = models.CharField(max_length=SHORT, help_text="What the sources disagree about.")
    kind = models.CharField(max_length=20, choices=DiscrepancyKind)
    state = models.CharField(max_length=20, choices=DiscrepancyState, default=DiscrepancyState.OPEN)
    rationale = models.TextField(
        max_length=LONG, blank=True, default="", help_text="Why it stands, or how it is explained."
    )
    is_automatic = models.BooleanField("found by the tracker", default=False, editable=False)
    owner = models.ForeignKey(
        "cases.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who looks into it.",
    )
    is_published = models.BooleanField("published", default=False)

    class Meta(Record.Meta):
        verbose_name_plural = "discrepancies"
        constraints = (
            known_term("discrepancy", "kind", DiscrepancyKind),
            known_term("discrepancy", "state", DiscrepancyState),
            models.CheckConstraint(
                condition=Q(state=DiscrepancyState.OPEN) | ~Q(rationale=""),
                name="discrepancy_is_ended_with_a_rationale",
                violation_error_message=EXPLAINED.needs,
            ),
        )

    def __str__(self) -> str:
        return self.title


class DiscrepancyMember(Record):
    """One side of a contradiction: a statement, and the figure, name or office it gives."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "discrepancy": OPEN,
        "statement": OPEN,
        "count": OPEN,
        "version_text": OPEN,
        "is_published": OPEN,
    }

    discrepancy = models.ForeignKey(Discrepancy, models.PROTECT, related_name="members")
    statement = models.ForeignKey("cases.Statement", models.PROTECT, related_name="discrepancies")
    count = models.ForeignKey(
        "cases.ReportedCount", models.PROTECT, null=True, blank=True, related_name="discrepancies"
    )
    version_text = models.CharField(
        "what it says", max_length=SHORT, help_text="This side's version, in a few words."
    )
    is_published = models.BooleanField("published", default=False)

    class Meta(Record.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["discrepancy", "statement", "version_text"],
                name="discrepancy_side_stands_once",
                violation_error_message="This side is recorded already.",
            ),
        )
