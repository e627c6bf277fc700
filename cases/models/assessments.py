"""The figure an organisation adopts, and the claims it rests on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.access.scope import ORGANISATION, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes, dated
from cases.models.base import LONG, Record
from cases.models.dates import PartialDateField


class Assessment(Record):
    """The figure an organisation adopts, and why. Counts only once somebody else approves."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "population": OPEN,
        **dated("as_of", OPEN),
        "low": OPEN,
        "high": OPEN,
        "method": OPEN,
        "approved_by": OPERATIONAL,
        "approved_at": OPEN,
    }

    population = models.ForeignKey("cases.Population", models.PROTECT, related_name="assessments")
    as_of_edtf = PartialDateField("as of", blank=False)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    method = models.TextField(max_length=LONG, help_text="Which claims were adopted, and why.")
    approved_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="assessment_has_a_bound",
                violation_error_message="An assessment gives a low or a high figure, or both.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="assessment_low_is_not_above_high",
                violation_error_message="The low figure is above the high one.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="assessment_approval_has_person_and_time",
                violation_error_message="An approval has a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("recorded_by")),
                name="assessment_is_approved_by_somebody_else",
                violation_error_message="Somebody else than its maker approves an assessment.",
            ),
        )


class AssessmentBasis(Record):
    """A claim that an assessment rests on."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {**Record.SENSITIVITY, "assessment": OPEN, "count": OPEN}

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="bases")
    count = models.ForeignKey("cases.ReportedCount", models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name_plural = "assessment bases"
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "count"],
                name="assessment_basis_stands_once",
                violation_error_message="The assessment rests on this figure already.",
            ),
        )
