"""Figures: who is counted, what was claimed, how claims relate and where they collide."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet

from cases.access.scope import SHARED, Scope, publishable
from cases.access.sensitivity import OPEN, OPERATIONAL, Classes, dated
from cases.models.base import LONG, SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.gate import GateManager
from cases.models.terms import known_term
from cases.rules import counts
from cases.vocabulary.counts import (
    CountState,
    Dimension,
    LinkKind,
    Measure,
    PopulationCategory,
    Qualifier,
    Unit,
)


class Population(Record):
    """A defined group that a number can be about."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "code": OPEN,
        "title": OPEN,
        "definition": OPEN,
        "category": OPEN,
        "origin_place": OPEN,
        "location_place": OPEN,
        "holding_body": OPEN,
        "in_scope": OPEN,
        "subset_of": OPEN,
        "leaves": OPEN,
    }

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=SHORT)
    definition = models.TextField(max_length=LONG, help_text="Who belongs to it and who does not.")
    category = models.CharField(max_length=20, choices=PopulationCategory)
    origin_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    location_place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    holding_body = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_scope = models.BooleanField(
        default=True, help_text="Off: kept so that its figures are not mixed in with ours."
    )
    subset_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsets"
    )
    leaves = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outflows",
        help_text="The population whose stock these people leave: who is returned leaves “held”.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("population", "category", PopulationCategory),
            models.CheckConstraint(
                condition=Q(subset_of__isnull=True) | ~Q(subset_of=F("id")),
                name="population_is_not_its_own_part",
                violation_error_message="A population cannot be a part of itself.",
            ),
            models.CheckConstraint(
                condition=Q(leaves__isnull=True) | ~Q(leaves=F("id")),
                name="population_does_not_leave_itself",
                violation_error_message="A population cannot leave itself.",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ReportedCount(Record):
    """One attributed figure: a number that somebody said, never a truth."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "statement": OPEN,
        "population": OPEN,
        "measure": OPEN,
        "measure_remarks": OPEN,
        "stated_text": OPEN,
        "stated_value": OPEN,
        "qualifier": OPEN,
        "low": OPEN,
        "high": OPEN,
        "is_estimate": OPEN,
        "unit": OPEN,
        **dated("as_of", OPEN),
        "batch": OPEN,
        "part_of": OPEN,
        "dimension": OPEN,
        "label": OPEN,
        "state": OPEN,
        "supersedes": OPEN,
        "superseded_at": OPEN,
        "retracted_at": OPEN,
        "retraction_reason": OPEN,
        "verified_by": OPERATIONAL,
        "is_published": OPEN,
    }

    statement = models.ForeignKey(
        "cases.Statement", models.PROTECT, related_name="counts", help_text="Who said it."
    )
    population = models.ForeignKey(
        Population, models.PROTECT, related_name="counts", help_text="Who is counted."
    )
    measure = models.CharField(max_length=20, choices=Measure)
    measure_remarks = models.CharField(
        max_length=500,
        blank=True,
        default="",
        help_text="What the readings are, where the measure cannot be decided.",
    )
    stated_text = models.CharField(
        max_length=60, help_text="The figure as the source puts it, such as “more than 20”."
    )
    stated_value = models.PositiveIntegerField(null=True, blank=True)
    qualifier = models.CharField(max_length=20, choices=Qualifier)
    low = models.PositiveIntegerField(
        null=True, blank=True, help_text="Filled in from the qualifier; empty is open."
    )
    high = models.PositiveIntegerField(
        null=True, blank=True, help_text="Filled in from the qualifier; empty is open."
    )
    is_estimate = models.BooleanField("estimate", default=False)
    unit = models.CharField(max_length=10, choices=Unit, default=Unit.PERSON)
    as_of_edtf = PartialDateField("as of")
    as_of_earliest: date | None
    as_of_latest: date | None
    batch = models.ForeignKey(
        "cases.RepatriationBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="headcounts",
        help_text="The batch whose headcount it is.",
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subgroups",
        help_text="The figure it is a subgroup of: 12 children of 46.",
    )
    dimension = models.CharField(max_length=20, choices=Dimension, blank=True, default="")
    label = models.CharField(
        max_length=60, blank=True, default="", help_text="The subgroup, such as “child”."
    )
    state = models.CharField(max_length=20, choices=CountState, default=CountState.DRAFT)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retraction_reason = models.CharField(max_length=500, blank=True, default="", editable=False)
    verified_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    is_published = models.BooleanField(
        "published",
        default=False,
        help_text="Known from public reporting: readable by every signed-in organisation.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("count", "measure", Measure),
            known_term("count", "qualifier", Qualifier),
            known_term("count", "unit", Unit),
            known_term("count", "state", CountState),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="count_low_is_not_above_high",
                violation_error_message="The low figure is above the high one.",
            ),
            models.CheckConstraint(
                condition=~Q(qualifier=Qualifier.EXACT)
                | Q(
                    # Said, for a check whose outcome is NULL lets the row pass.
                    stated_value__isnull=False,
                    low__isnull=False,
                    high__isnull=False,
                    low=F("stated_value"),
                    high=F("stated_value"),
                ),
                name="count_exact_is_low_and_high",
                violation_error_message="An exact figure is its own low and high.",
            ),
            models.CheckConstraint(
                condition=~Q(qualifier=Qualifier.MORE_THAN)
                | Q(
                    stated_value__isnull=False,
                    low__isnull=False,
                    low=F("stated_value") + 1,
                    high__isnull=True,
                ),
                name="count_more_than_begins_above_its_value",
                violation_error_message="“More than n” begins at n + 1 and is open above.",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True, dimension="")
                | Q(part_of__isnull=False) & ~Q(dimension="") & ~Q(label=""),
                name="count_subgroup_says_what_it_is",
                violation_error_message=(
                    "A subgroup names its whole, its dimension and its label; a whole has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="count_is_not_its_own_part",
                violation_error_message="A figure cannot be a subgroup of itself.",
            ),
            models.CheckConstraint(
                condition=Q(state=CountState.RETRACTED, retracted_at__isnull=False)
                & ~Q(retraction_reason="")
                | ~Q(state=CountState.RETRACTED) & Q(retracted_at__isnull=True),
                name="count_retraction_has_time_and_reason",
                violation_error_message="A retraction has a reason.",
            ),
            models.CheckConstraint(
                condition=Q(state=CountState.SUPERSEDED, superseded_at__isnull=False)
                | ~Q(state=CountState.SUPERSEDED),
                name="count_superseded_has_time",
                violation_error_message="A superseded figure says when.",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("recorded_by")),
                name="count_is_verified_by_somebody_else",
                violation_error_message="A figure is verified by somebody who did not record it.",
            ),
        )

    def __str__(self) -> str:
        return self.stated_text

    @property
    def interval(self) -> counts.Interval:
        return counts.Interval(self.low, self.high)

    @property
    def basis(self) -> counts.Basis:
        return counts.Basis(self.population.code, self.measure, self.unit)

    def clean(self) -> None:
        counts.check_bounds(self.qualifier, self.stated_value, self.low, self.high)
        whole = self.part_of
        if whole is not None and self.population_id is not None:
            counts.check_subgroup(
                self.basis, whole.basis, is_same_batch=self.batch_id == whole.batch_id
            )


class OutstandingManager(GateManager["OutstandingCount"]):
    """Stocks of people in categories that are still outstanding."""

    def get_queryset(self) -> "QuerySet[OutstandingCount]":
        return (
            super()
            .get_queryset()
            .filter(
                measure=Measure.STOCK,
                unit=Unit.PERSON,
                population__category__in=counts.OUTSTANDING_CATEGORIES,
                population__in_scope=True,
            )
        )


class OutstandingCount(ReportedCount):
    """A stock of people still outstanding, by somebody's claim."""

    objects: ClassVar[OutstandingManager] = OutstandingManager()

    class Meta(Record.Meta):
        proxy = True


class CountLink(Record):
    """Two figures and how they relate."""

    SCOPE: ClassVar[Scope] = publishable("is_published")
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "from_count": OPEN,
        "to_count": OPEN,
        "kind": OPEN,
        "remarks": OPEN,
        "is_published": OPEN,
    }

    from_count = models.ForeignKey(ReportedCount, models.PROTECT, related_name="links_out")
    to_count = models.ForeignKey(ReportedCount, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20, choices=LinkKind)
    remarks = models.CharField(max_length=500, blank=True, default="")
    is_published = models.BooleanField("published", default=False)

    class Meta(Record.Meta):
        constraints = (
            known_term("count_link", "kind", LinkKind),
            models.CheckConstraint(
                condition=~Q(from_count=F("to_count")),
                name="count_link_joins_two_figures",
                violation_error_message="A figure cannot be linked to itself.",
            ),
            models.UniqueConstraint(
                fields=["from_count", "to_count", "kind"],
                name="count_link_stands_once",
                violation_error_message="The figures are linked so already.",
            ),
        )
