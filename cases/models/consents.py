"""What entitles an organisation to use a person's data, and who must not learn of them."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from cases import clock
from cases.access.scope import OF_PERSON, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes, dated
from cases.models.base import LONG, SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.names import language_tag
from cases.models.terms import known_term
from cases.rules import consents
from cases.vocabulary.consents import GivenBy, ProcessingPurpose
from cases.vocabulary.grants import GrantPurpose, LegalBasis


class Consent(Record):
    """A consent, or another legal basis where nobody could be asked, for one purpose."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "purpose": OPERATIONAL,
        "recipient": OPERATIONAL,
        "body": OPERATIONAL,
        "shared_for": OPERATIONAL,
        "legal_basis": OPERATIONAL,
        **dated("given", OPERATIONAL),
        "given_by": OPERATIONAL,
        "notice_version": OPERATIONAL,
        "notice_language": OPERATIONAL,
        "expires_on": OPERATIONAL,
        "withdrawn_at": OPERATIONAL,
        "withdrawn_by": OPERATIONAL,
        "withdrawal_reason": PROTECTED,
        "remarks": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="consents",
        help_text="Whose data it is about.",
    )
    purpose = models.CharField(
        max_length=20, choices=ProcessingPurpose, help_text="What the data may be used for."
    )
    recipient = models.ForeignKey(
        "cases.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The one organisation it may be shared with; empty for every one.",
    )
    body = models.ForeignKey(
        "cases.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The body outside this server that may be told, such as a ministry.",
    )
    shared_for = models.CharField(
        max_length=20,
        choices=GrantPurpose,
        blank=True,
        default="",
        help_text="The one use that the recipient may make of it; empty for every use.",
    )
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis, help_text="What entitles you to it."
    )
    given_edtf = PartialDateField("given")
    given_by = models.CharField(
        max_length=10, choices=GivenBy, default=GivenBy.PERSON, help_text="Who agreed."
    )
    notice_version = models.CharField(
        max_length=40,
        blank=True,
        default="",
        help_text="Which information notice was given; empty where none was.",
    )
    notice_language = models.CharField(
        max_length=35,
        blank=True,
        default="",
        validators=[language_tag],
        help_text="The language in which it was given, such as ru or uk-Cyrl.",
    )
    expires_on = models.DateField(
        "ends", null=True, blank=True, help_text="The last day on which it holds, if it has one."
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True, editable=False)
    withdrawn_by = models.CharField(
        max_length=10, choices=GivenBy, blank=True, default="", editable=False,
        help_text="Who withdrew it.",
    )  # fmt: skip
    withdrawal_reason = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="Why, if they said."
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("consent", "purpose", ProcessingPurpose),
            known_term("consent", "legal_basis", LegalBasis),
            known_term("consent", "given_by", GivenBy),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) | Q(body__isnull=True),
                name="consent_has_one_recipient",
                violation_error_message="Name an organisation or a body, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(legal_basis=LegalBasis.CONSENT) & ~Q(given_by=GivenBy.NOBODY)
                | ~Q(legal_basis=LegalBasis.CONSENT) & Q(given_by=GivenBy.NOBODY),
                name="consent_is_given_by_somebody",
                violation_error_message="Somebody gives a consent, and nothing else.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="consent_withdrawn_says_by_whom",
                violation_error_message="Say who withdrew it.",
            ),
        )

    def clean(self) -> None:
        consents.check_giver(self.legal_basis, self.given_by, self.given_edtf)
        consents.check_notice(self.notice_version, self.notice_language)
        consents.check_recipients(
            self.purpose, organisation=self.recipient_id, body=self.body_id, use=self.shared_for
        )

    @property
    def is_live(self) -> bool:
        return consents.is_live(
            withdrawn_at=self.withdrawn_at, expires_on=self.expires_on, on=clock.today()
        )

    def covers(self, recipient: UUID, use: str) -> bool:
        """Say whether it reaches a recipient and a use, if its purpose is the right one."""
        return consents.covers(
            named=self.recipient_id,
            body=self.body_id,
            shared_for=self.shared_for,
            recipient=recipient,
            use=use,
        )


class Exclusion(Record):
    """An organisation or a body that must not learn of a person."""

    SCOPE: ClassVar[Scope] = OF_PERSON
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "excluded": PROTECTED,
        "body": PROTECTED,
        "reason": PROTECTED,
        "lifted_at": OPERATIONAL,
        "lifting_reason": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="exclusions",
        help_text="Whom they must not learn of.",
    )
    excluded = models.ForeignKey(
        "cases.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="An organisation on this server: nothing is shared with it any more.",
    )
    body = models.ForeignKey(
        "cases.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A body outside this server, such as a state's authority.",
    )
    reason = models.CharField(
        max_length=SHORT, blank=True, default="", help_text="What is feared, in a few words."
    )
    lifted_at = models.DateTimeField("lifted", null=True, blank=True, editable=False)
    lifting_reason = models.CharField(
        max_length=500, blank=True, default="", editable=False, help_text="Why it was lifted."
    )

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(excluded__isnull=False, body__isnull=True)
                | Q(excluded__isnull=True, body__isnull=False),
                name="exclusion_names_an_organisation_or_a_body",
                violation_error_message="Choose an organisation or a body, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(excluded__isnull=True) | ~Q(excluded=models.F("organisation")),
                name="exclusion_names_another_organisation",
                violation_error_message="Choose another organisation: yours keeps the case.",
            ),
        )

    @property
    def is_live(self) -> bool:
        return self.lifted_at is None
