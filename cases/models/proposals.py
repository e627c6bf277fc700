"""Steps of a case that one person proposes and another decides."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.scope import OF_PERSON, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes, dated
from cases.models.base import LONG, Record
from cases.models.dates import PartialDateField
from cases.models.terms import known_term
from cases.rules import dates, timeline
from cases.vocabulary.status import Axis, ProposalState

S = ProposalState
_DECIDED = (S.APPROVED, S.DECLINED)


class StatusProposal(Record):
    """A step that needs a second person: with its reason and evidence, and what became of it."""

    SCOPE: ClassVar[Scope] = OF_PERSON
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
        "stands_on": OPEN,
        "state": OPEN,
        "decided_by": OPERATIONAL,
        "decided_at": OPEN,
        "decision_reason": PROTECTED,
        "event": OPEN,
    }

    individual = models.ForeignKey("cases.Individual", models.PROTECT, related_name="proposals")
    axis = models.CharField(max_length=10, choices=Axis, default=Axis.RETURN)
    from_status = models.CharField(max_length=30, editable=False)
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
        "reason",
        max_length=LONG,
        help_text="Why the step is right: whoever decides reads this, and it stays on record.",
    )
    corrects = models.ForeignKey(
        "cases.StatusEvent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The earlier event this one is to set right.",
    )
    stands_on = models.ForeignKey(
        "cases.StatusEvent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text="The event that the case stood on when the step was proposed.",
    )
    state = models.CharField(max_length=10, choices=S, default=S.PENDING, editable=False)
    decided_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_reason = models.TextField(max_length=LONG, blank=True, default="", editable=False)
    event = models.OneToOneField(
        "cases.StatusEvent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        editable=False,
        help_text="The step as it was taken.",
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("status_proposal", "axis", Axis),
            known_term("status_proposal", "state", S),
            models.UniqueConstraint(
                fields=["individual", "axis"],
                condition=Q(state=S.PENDING),
                name="status_proposal_is_one_at_a_time",
                violation_error_message="A step of this case is proposed already. Decide it first.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="status_proposal_is_decided_by_somebody",
                violation_error_message="A person decides a proposal.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED)
                | Q(recorded_by__isnull=True)
                | ~Q(decided_by=F("recorded_by")),
                name="status_proposal_is_decided_by_another",
                violation_error_message="A second person decides: this was proposed by you.",
            ),
            models.CheckConstraint(
                condition=Q(state=S.APPROVED, event__isnull=False)
                | (~Q(state=S.APPROVED) & Q(event__isnull=True)),
                name="status_proposal_approved_is_taken",
                violation_error_message="An approved proposal has its step, and no other has one.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DECLINED) | ~Q(decision_reason=""),
                name="status_proposal_is_declined_with_a_reason",
                violation_error_message="Say why the proposal is declined.",
            ),
        )

    def clean(self) -> None:
        dates.check_past("occurred_edtf", self.occurred_edtf, clock.day_of(self.recorded_at))
        if self.corrects is not None:
            timeline.check_same_person(self.corrects.individual_id, self.individual_id)
