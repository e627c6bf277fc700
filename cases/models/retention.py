"""How long cases are kept, what stops the clock, and how a record ends."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.scope import OF_PERSON, ORGANISATION, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import SHORT, Record
from cases.models.terms import known_term
from cases.rules import retention
from cases.vocabulary.consents import ProcessingPurpose
from cases.vocabulary.retention import AnonymisationState
from cases.vocabulary.status import WorkStatus

_CLOCKED = [(purpose.value, purpose.label) for purpose in retention.CLOCKED]


class RetentionPeriod(Record):
    """An organisation's own period, in place of the usual one."""

    SCOPE: ClassVar[Scope] = ORGANISATION
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "purpose": OPEN,
        "work_status": OPEN,
        "days": OPEN,
    }

    purpose = models.CharField(
        max_length=20, choices=ProcessingPurpose, help_text="What the case is kept for."
    )
    work_status = models.CharField(
        max_length=20, choices=WorkStatus, help_text="Where the work on it stands."
    )
    days = models.PositiveIntegerField(help_text="Counted from the last activity on the case.")

    class Meta(Record.Meta):
        constraints = (
            known_term("retention_period", "purpose", ProcessingPurpose),
            known_term("retention_period", "work_status", WorkStatus),
            models.UniqueConstraint(
                fields=["organisation", "purpose", "work_status"],
                name="retention_period_stands_once",
                violation_error_message="Your organisation has this period already. Change it.",
            ),
        )

    def clean(self) -> None:
        retention.check_clocked(self.purpose)
        retention.check_days(self.days)


class LegalHold(Record):
    """While it stands nothing of a person is anonymised."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "reason": PROTECTED,
        "until": OPERATIONAL,
        "lifted_at": OPERATIONAL,
        "lifting_reason": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, related_name="legal_holds", help_text="Whose record."
    )
    reason = models.CharField(max_length=SHORT, help_text="Which proceedings or duty ask for it.")
    until = models.DateField(help_text="The last day of the hold. It can be renewed.")
    lifted_at = models.DateTimeField("lifted", null=True, blank=True, editable=False)
    lifting_reason = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="Why it was lifted."
    )

    class Meta(Record.Meta):
        pass

    def clean(self) -> None:
        if self._state.adding:
            retention.check_hold(self.until, on=clock.today())

    @property
    def is_live(self) -> bool:
        return self.lifted_at is None and clock.today() <= self.until


class Anonymisation(Record):
    """A record that is proposed to be anonymised for good, and what became of it."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "reason": OPERATIONAL,
        "state": OPEN,
        "decided_at": OPEN,
        "decided_by": OPERATIONAL,
    }

    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, related_name="anonymisations", help_text="Whose record."
    )
    reason = models.CharField(
        max_length=SHORT, help_text="Why now; it stays on record, so name nobody in it."
    )
    state = models.CharField(
        max_length=20,
        choices=AnonymisationState,
        default=AnonymisationState.PROPOSED,
        editable=False,
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("anonymisation", "state", AnonymisationState),
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(state=AnonymisationState.PROPOSED),
                name="anonymisation_is_proposed_once",
                violation_error_message="Somebody has proposed this already. Decide on that one.",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnonymisationState.CARRIED_OUT)
                | Q(recorded_by__isnull=True)
                | ~Q(recorded_by=F("decided_by")),
                name="anonymisation_is_carried_out_by_somebody_else",
                violation_error_message="Somebody else than its proposer carries this out.",
            ),
        )
