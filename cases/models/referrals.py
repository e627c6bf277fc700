"""A case that another organisation is asked to help with, or to take over."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.scope import GRANT, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, OPERATIONAL, PROTECTED, Classes
from cases.models.base import LONG, Record
from cases.models.terms import known_term
from cases.rules import grants, referrals
from cases.vocabulary.grants import GrantLevel, GrantPurpose
from cases.vocabulary.individuals import AgeClass, Sex
from cases.vocabulary.referrals import ReferralKind, ReferralState
from cases.vocabulary.status import ReturnStatus


class Referral(Record):
    """A request to another organisation; both sides see it, before its answer and for good.

    Its summary is all that the other side learns of the person before it accepts.
    """

    SCOPE: ClassVar[Scope] = GRANT
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "recipient": OPEN,
        "kind": OPEN,
        "purpose": OPERATIONAL,
        "basis": OPERATIONAL,
        "level": OPEN,
        "grant_ends_at": OPEN,
        "answer_by": OPEN,
        "reason": PROTECTED,
        "case_number": OPEN,
        "kept_since": OPEN,
        "sex": IDENTIFYING,
        "age_class": IDENTIFYING,
        "area": OPERATIONAL,
        "return_status": OPERATIONAL,
        "state": OPEN,
        "answered_at": OPEN,
        "answered_by": OPERATIONAL,
        "answer": PROTECTED,
        "grant": OPEN,
    }

    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, related_name="referrals", help_text="Whose case it is."
    )
    recipient = models.ForeignKey(
        "cases.Organisation",
        models.PROTECT,
        related_name="+",
        help_text="The organisation that is asked.",
    )
    kind = models.CharField(
        max_length=10, choices=ReferralKind, help_text="Whether to help, or to take over."
    )
    purpose = models.CharField(
        max_length=20, choices=GrantPurpose, help_text="What the other organisation is to do."
    )
    basis = models.ForeignKey(
        "cases.Consent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What entitles you to share it; empty takes the one that covers it.",
    )
    level = models.CharField(
        max_length=20,
        choices=GrantLevel,
        blank=True,
        default="",
        help_text="How much of the case is opened once a referral is accepted.",
    )
    grant_ends_at = models.DateTimeField(
        "opened until", null=True, blank=True, help_text="When that ends: within 180 days."
    )
    answer_by = models.DateTimeField(help_text="When the request lapses: within 60 days.")
    reason = models.TextField(
        max_length=LONG,
        help_text="What is needed and why. The other side reads it before it accepts: no name.",
    )
    case_number = models.CharField(
        max_length=20, editable=False, help_text="The case number at the organisation that asks."
    )
    kept_since = models.DateTimeField(
        editable=False, help_text="Since when the organisation that asks has kept the case."
    )
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN, editable=False)
    age_class = models.CharField(
        max_length=10, choices=AgeClass, default=AgeClass.UNKNOWN, editable=False
    )
    area = models.ForeignKey(
        "cases.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text="The district of the home, or what is larger.",
    )
    return_status = models.CharField(max_length=30, choices=ReturnStatus, editable=False)
    state = models.CharField(
        max_length=10, choices=ReferralState, default=ReferralState.REQUESTED, editable=False
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answer = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="What was answered."
    )
    grant = models.ForeignKey(
        "cases.Grant", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("referral", "kind", ReferralKind),
            known_term("referral", "purpose", GrantPurpose),
            known_term("referral", "state", ReferralState),
            known_term("referral", "sex", Sex),
            known_term("referral", "age_class", AgeClass),
            known_term("referral", "return_status", ReturnStatus),
            models.CheckConstraint(
                condition=~Q(recipient=F("organisation")),
                name="referral_leads_to_another_organisation",
                violation_error_message="Choose another organisation: yours keeps the case.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReferralKind.TRANSFER, level="", grant_ends_at__isnull=True)
                | Q(kind=ReferralKind.REFERRAL, grant_ends_at__isnull=False) & ~Q(level=""),
                name="referral_has_its_grant_and_a_transfer_none",
                violation_error_message="A referral opens the case; a transfer passes it on.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReferralState.REQUESTED, answered_at__isnull=True)
                | ~Q(state=ReferralState.REQUESTED) & Q(answered_at__isnull=False),
                name="referral_answered_says_when",
                violation_error_message="A request that is over says since when.",
            ),
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(state=ReferralState.REQUESTED, kind=ReferralKind.TRANSFER),
                name="case_is_offered_to_one_organisation_at_a_time",
                violation_error_message=(
                    "This case is offered to another organisation already. Withdraw that first."
                ),
            ),
        )

    def clean(self) -> None:
        referrals.check_wait(self.recorded_at, self.answer_by)
        referrals.check_attached(self.kind, self.level, self.grant_ends_at)
        if self.grant_ends_at is not None:
            grants.check_end(self.recorded_at, self.grant_ends_at, "grant_ends_at")

    @property
    def state_now(self) -> ReferralState:
        return referrals.state_at(self.state, self.answer_by, clock.now())
