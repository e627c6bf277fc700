"""Two cases that may be of one person: what looks alike, and what somebody decided of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock, ids
from cases.access.scope import FOUND_ALIKE, OF_A_PAIR, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import Record
from cases.models.gate import Gated
from cases.models.terms import known_term
from cases.vocabulary.duplicates import Verdict

LONGEST_REASON = 500
MOST_LIKENESS = 100


def in_one_order(model: str) -> models.CheckConstraint:
    """Let a pair stand one way round only: the lesser id first."""
    return models.CheckConstraint(
        condition=Q(first__lt=F("second")),
        name=f"{model}_is_in_order",
        violation_error_message="A pair is of two people, the lesser id first.",
    )


class DuplicateDecision(Record):
    """What somebody decided of two cases: one person, or two. The latest decision stands."""

    SCOPE: ClassVar[Scope] = OF_A_PAIR
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "first": OPEN,
        "second": OPERATIONAL,
        "verdict": OPERATIONAL,
        "reason": PROTECTED,
        "superseded_at": OPEN,
    }

    first = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="+",
        help_text="One of the two cases: the one with the lesser id.",
    )
    second = models.ForeignKey(
        "cases.Individual", models.PROTECT, related_name="+", help_text="The other case."
    )
    verdict = models.CharField(max_length=10, choices=Verdict, help_text="What was decided.")
    reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, default="", help_text="What it rests on."
    )
    superseded_at = models.DateTimeField(
        "superseded", null=True, blank=True, editable=False, help_text="When a later one was taken."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("duplicate_decision", "verdict", Verdict),
            in_one_order("duplicate_decision"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(superseded_at__isnull=True),
                name="one_duplicate_decision_stands",
                violation_error_message="Somebody has decided of this pair meanwhile. Look again.",
            ),
        )


class LikelyPair(Gated):
    """Two cases that look alike, as `manage.py find_duplicates` found them. Nobody's judgement."""

    SCOPE: ClassVar[Scope] = FOUND_ALIKE
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation": OPEN,
        "first": OPEN,
        "second": OPERATIONAL,
        "likeness": IDENTIFYING,
        "found_at": OPEN,
    }

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey("cases.Organisation", models.PROTECT, related_name="+")
    first = models.ForeignKey("cases.Individual", models.PROTECT, related_name="+")
    second = models.ForeignKey("cases.Individual", models.PROTECT, related_name="+")
    likeness = models.PositiveSmallIntegerField(help_text="Of 100; how alike they look.")
    found_at = models.DateTimeField(default=clock.now)

    class Meta(Gated.Meta):
        constraints = (
            in_one_order("likely_pair"),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="likely_pair_stands_once",
                violation_error_message="This pair is found already.",
            ),
            models.CheckConstraint(
                condition=Q(likeness__lte=MOST_LIKENESS),
                name="likely_pair_is_alike_by_a_hundred_at_most",
                violation_error_message="Likeness is at most 100.",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-likeness", "id"], name="likely_pair_likest"),
        )

    def __str__(self) -> str:
        return f"pair {str(self.pk)[:8]}"
