"""Dated steps of a case; append-only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases import clock
from cases.access.scope import OF_SHARED_PERSON, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes, dated
from cases.models.base import LONG, Record, listed
from cases.models.dates import PartialDateField
from cases.models.terms import known_term
from cases.rules import dates, timeline
from cases.vocabulary.status import Axis


class StatusEvent(Record):
    """One step of a person on the way home, or of the work on their case."""

    SCOPE: ClassVar[Scope] = OF_SHARED_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "axis": OPEN,
        "from_status": OPERATIONAL,
        "to_status": OPERATIONAL,
        **dated("occurred", PROTECTED),
        "place": PROTECTED,
        "statement": OPERATIONAL,
        "second_statement": OPERATIONAL,
        "observation": PROTECTED,
        "corrects": OPEN,
        "moves": OPEN,
    }

    individual = models.ForeignKey("cases.Individual", models.PROTECT, related_name="status_events")
    axis = models.CharField(max_length=10, choices=Axis, default=Axis.RETURN)
    from_status = models.CharField(max_length=30, blank=True, default="", editable=False)
    to_status = models.CharField(max_length=30)
    occurred_edtf = PartialDateField("occurred")
    place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="On whose word; empty where staff saw it themselves.",
    )
    second_statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A second origin, where a step needs two: a death that no official confirms.",
    )
    observation = models.TextField(
        max_length=LONG, blank=True, default="", help_text="What staff saw or were told."
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        help_text="The earlier event this one sets right.",
    )
    moves = models.BooleanField(
        "moved the case",
        default=True,
        editable=False,
        help_text="Not where it was learned late, or sets right an earlier step than the last.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("status_event", "axis", Axis),
            models.CheckConstraint(
                condition=Q(statement__isnull=False) | ~Q(observation=""),
                name="status_event_rests_on_something",
                violation_error_message="Give a statement, or say what staff saw or were told.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(observation=""),
                name="status_event_says_why_it_sets_right",
                violation_error_message="Say why the earlier event was wrong.",
            ),
            models.UniqueConstraint(
                fields=["individual", "corrects"],
                condition=Q(corrects__isnull=False),
                name="status_event_is_set_right_once",
                violation_error_message="This event is set right already. Choose the later one.",
            ),
        )
        indexes = (listed("status_event", "axis", "to_status"),)

    def clean(self) -> None:
        dates.check_past("occurred_edtf", self.occurred_edtf, clock.day_of(self.recorded_at))
        if self.corrects is not None:
            timeline.check_same_person(self.corrects.individual_id, self.individual_id)
