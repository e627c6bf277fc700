"""Help needed, promised or given."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from cases.access.scope import OF_SHARED_PERSON_IF_ANY, Scope
from cases.access.sensitivity import OPEN, OPERATIONAL, PROTECTED, Classes, dated
from cases.models.base import LONG, Record
from cases.models.dates import PartialDateField
from cases.models.terms import known_term
from cases.vocabulary.assistance import AssistanceKind, AssistanceStage


class Assistance(Record):
    """One kind of help for a person, or for a population that speaks of it together."""

    SCOPE: ClassVar[Scope] = OF_SHARED_PERSON_IF_ANY
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "individual": OPEN,
        "population": OPEN,
        "kind": OPERATIONAL,
        "stage": OPERATIONAL,
        "statement": OPERATIONAL,
        "provider": OPERATIONAL,
        **dated("due", OPERATIONAL),
        "amount": PROTECTED,
        "currency": PROTECTED,
        "remarks": PROTECTED,
    }

    individual = models.ForeignKey(
        "cases.Individual", models.PROTECT, null=True, blank=True, related_name="assistance"
    )
    population = models.ForeignKey(
        "cases.Population", models.PROTECT, null=True, blank=True, related_name="assistance"
    )
    kind = models.CharField(max_length=20, choices=AssistanceKind)
    stage = models.CharField(max_length=20, choices=AssistanceStage)
    statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who promised it, or who says that it is missing.",
    )
    provider = models.ForeignKey(
        "cases.Body", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_edtf = PartialDateField("due")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        max_length=3,
        blank=True,
        default="",
        validators=[
            RegexValidator(r"\A[A-Z]{3}\Z", gettext_lazy("Write an ISO 4217 code, such as RUB."))
        ],
    )
    remarks = models.TextField(max_length=LONG, blank=True, default="")

    class Meta(Record.Meta):
        verbose_name_plural = "assistance"
        constraints = (
            known_term("assistance", "kind", AssistanceKind),
            known_term("assistance", "stage", AssistanceStage),
            models.CheckConstraint(
                condition=Q(individual__isnull=False, population__isnull=True)
                | Q(individual__isnull=True, population__isnull=False),
                name="assistance_is_for_a_person_or_a_population",
                violation_error_message="Choose a person or a population, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | (Q(amount__isnull=False, amount__gt=0) & ~Q(currency="")),
                name="assistance_amount_has_a_currency",
                violation_error_message="An amount is above nought and has a currency.",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[AssistanceStage.PROMISED, AssistanceStage.CONDITIONAL])
                | Q(statement__isnull=False)
                | Q(provider__isnull=False),
                name="assistance_promise_has_a_promiser",
                violation_error_message="Say who promised it: a statement or a provider.",
            ),
        )
