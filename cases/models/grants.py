"""One case shared with another organisation: how far, what for, on what basis, until when."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.scope import GRANT, Scope
from cases.access.sensitivity import (
    IDENTIFYING,
    OPEN,
    OPERATIONAL,
    PROTECTED,
    Classes,
    Sensitivity,
)
from cases.models.base import LONG, Record
from cases.models.terms import known_term
from cases.rules import grants
from cases.vocabulary.grants import GrantLevel, GrantPurpose, LegalBasis

CLASS_OF: Mapping[str, Sensitivity] = {
    GrantLevel.OPERATIONAL: OPERATIONAL,
    GrantLevel.IDENTIFYING: IDENTIFYING,
    GrantLevel.PROTECTED: PROTECTED,
}


class DaysBetween(models.Func):
    """The days from one moment to another, on both databases."""

    output_field = models.FloatField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(julianday(%(expressions)s))"
        return self.as_sql(
            compiler, connection, template=template, arg_joiner=") - julianday(", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


class Grant(Record):
    """One person's case, opened to the readers of another organisation until it ends."""

    SCOPE: ClassVar[Scope] = GRANT
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "recipient": OPEN,
        "level": OPEN,
        "purpose": OPERATIONAL,
        "legal_basis": OPERATIONAL,
        "basis": OPERATIONAL,
        "expires_at": OPEN,
        "revoked_at": OPEN,
        "revoked_by": OPERATIONAL,
        "remarks": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual",
        models.PROTECT,
        related_name="grants",
        help_text="Whose case is shared: steps and help with it, never notes, tasks or family.",
    )
    recipient = models.ForeignKey(
        "cases.Organisation",
        models.PROTECT,
        related_name="+",
        help_text="The organisation whose readers may read it.",
    )
    level = models.CharField(
        max_length=20, choices=GrantLevel, help_text="How much of the case is opened."
    )
    purpose = models.CharField(
        max_length=20, choices=GrantPurpose, help_text="What the recipient needs it for."
    )
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis, help_text="What entitles you to share it."
    )
    basis = models.ForeignKey(
        "cases.Consent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        help_text="The consent or other basis it rests on; empty takes the one that covers it.",
    )
    expires_at = models.DateTimeField(
        "ends", help_text="When it ends by itself: at most 180 days from now."
    )
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        "cases.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    remarks = models.TextField(
        max_length=LONG, blank=True, default="", help_text="For both sides: both read this."
    )

    class Meta(Record.Meta):
        constraints = (
            known_term("grant", "level", GrantLevel),
            known_term("grant", "purpose", GrantPurpose),
            known_term("grant", "legal_basis", LegalBasis),
            models.CheckConstraint(
                condition=~Q(recipient=F("organisation")),
                name="grant_leads_to_another_organisation",
                violation_error_message="Choose another organisation: yours reads the case anyway.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("recorded_at")),
                name="grant_ends_after_it_begins",
                violation_error_message="A grant ends after it was given.",
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(
                    DaysBetween(F("expires_at"), F("recorded_at")), float(grants.LONGEST.days)
                ),
                name="grant_lasts_180_days_at_most",
                violation_error_message="A grant ends within 180 days.",
            ),
        )
        indexes = (
            models.Index(
                fields=["recipient", "individual"],
                condition=Q(revoked_at__isnull=True),
                name="grant_not_revoked",
            ),
        )

    def clean(self) -> None:
        grants.check_end(self.recorded_at, self.expires_at)

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()

    @classmethod
    def live(cls, recipient: UUID, least: Sensitivity) -> "models.QuerySet[Grant]":
        """Give the grants to an organisation that stand now, past the gate: they are its hinge."""
        levels = [level for level, harm in CLASS_OF.items() if harm >= least]
        return models.QuerySet(cls).filter(
            recipient=recipient,
            level__in=levels,
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
        )

    @classmethod
    def levels(cls, recipient: UUID) -> dict[UUID, Sensitivity]:
        """Say how far each person is opened to an organisation: as its furthest grant says."""
        return _furthest(cls.live(recipient, OPEN).values_list("individual", "level"))

    @classmethod
    def few_levels(cls, recipient: UUID, most: int) -> dict[UUID, Sensitivity] | None:
        """Say the same where at most ``most`` grants stand; None where there are more."""
        rows = list(cls.live(recipient, OPEN).values_list("individual", "level")[: most + 1])
        return _furthest(rows) if len(rows) <= most else None


def _furthest(rows: Iterable[tuple[UUID, str]]) -> dict[UUID, Sensitivity]:
    found: dict[UUID, Sensitivity] = {}
    for person, level in rows:
        found[person] = max(CLASS_OF[level], found.get(person, OPEN))
    return found
