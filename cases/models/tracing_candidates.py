"""A case that may be of the person whom a tracing request looks for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.access.scope import TRACED, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, SHORT, Record
from cases.models.duplicates import MOST_LIKENESS
from cases.models.terms import known_term
from cases.models.tracing import TracingRequest
from cases.rules import tracing
from cases.vocabulary.tracing_work import CandidateState

C = CandidateState


class TracingCandidate(Record):
    """A case that may be of the person sought: why, and what was decided."""

    SCOPE: ClassVar[Scope] = TRACED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "request": OPEN,
        "individual": OPERATIONAL,
        "likeness": IDENTIFYING,
        "reasons": IDENTIFYING,
        "why": PROTECTED,
        "state": OPEN,
        "decided_by": OPERATIONAL,
        "decided_at": OPEN,
        "decision_reason": PROTECTED,
    }

    request = models.ForeignKey(
        TracingRequest, models.PROTECT, related_name="candidates", help_text="Who is sought."
    )
    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, related_name="tracing_candidates",
        help_text="The case that may be of that person.",
    )  # fmt: skip
    likeness = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False, help_text="Of 100, as the search for names said."
    )
    reasons = models.TextField(
        max_length=LONG, blank=True, default="", editable=False,
        help_text="Why the search for names found it, when it was proposed.",
    )  # fmt: skip
    why = models.CharField(
        max_length=SHORT, blank=True, default="",
        help_text="What else speaks for it; needed where the names do not.",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=C, default=C.PROPOSED, editable=False)
    decided_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decision_reason = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="What it rests on."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("tracing_candidate", "state", C),
            models.UniqueConstraint(
                fields=["request", "individual"],
                condition=Q(state__in=tracing.STANDING),
                name="tracing_candidate_stands_once",
                violation_error_message=(
                    "This case was proposed for the request already. Look at what was decided."
                ),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state=C.CONFIRMED),
                name="tracing_request_has_one_confirmed",
                violation_error_message="Somebody is confirmed for this request already.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(C.CONFIRMED, C.REJECTED)) | Q(decided_at__isnull=False),
                name="tracing_candidate_decided_says_when",
                violation_error_message="What is decided says when.",
            ),
            models.CheckConstraint(
                condition=~Q(state=C.CONFIRMED)
                | Q(decided_by__isnull=False)
                & (Q(recorded_by__isnull=True) | ~Q(decided_by=F("recorded_by"))),
                name="tracing_candidate_is_confirmed_by_another",
                violation_error_message="A second person confirms: this was proposed by you.",
            ),
            models.CheckConstraint(
                condition=Q(likeness__isnull=True) | Q(likeness__lte=MOST_LIKENESS),
                name="tracing_candidate_is_alike_by_a_hundred_at_most",
                violation_error_message="Likeness is at most 100.",
            ),
        )
