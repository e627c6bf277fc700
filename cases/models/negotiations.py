"""Talks, and each party's dated stance."""

from typing import ClassVar

from django.db import models

from cases.access.scope import SHARED, Scope
from cases.access.sensitivity import OPEN, Classes, dated
from cases.models.base import LONG, SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.terms import known_term
from cases.vocabulary.negotiations import NegotiationKind, NegotiationStatus, Stance


class Negotiation(Record):
    """Talks about a corridor, a release or an exchange, as reported."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "kind": OPEN,
        "title": OPEN,
        "subject": OPEN,
        "population": OPEN,
        "place": OPEN,
        "status": OPEN,
    }

    kind = models.CharField(max_length=20, choices=NegotiationKind)
    title = models.CharField(max_length=SHORT, unique=True)
    subject = models.TextField(
        max_length=LONG, blank=True, default="", help_text="What is talked about, in our words."
    )
    population = models.ForeignKey(
        "cases.Population",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="negotiations",
        help_text="Those it is about.",
    )
    place = models.ForeignKey(
        "cases.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=NegotiationStatus)

    class Meta(Record.Meta):
        constraints = (
            known_term("negotiation", "kind", NegotiationKind),
            known_term("negotiation", "status", NegotiationStatus),
        )

    def __str__(self) -> str:
        return self.title


class Position(Record):
    """Where one party stood on one day, by its own statement."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "negotiation": OPEN,
        "body": OPEN,
        "stance": OPEN,
        "statement": OPEN,
        **dated("held", OPEN),
        "remarks": OPEN,
    }

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="positions")
    body = models.ForeignKey("cases.Body", models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=20, choices=Stance)
    statement = models.ForeignKey("cases.Statement", models.PROTECT, related_name="positions")
    held_edtf = PartialDateField("held")
    remarks = models.CharField(max_length=500, blank=True, default="")

    class Meta(Record.Meta):
        constraints = (
            known_term("position", "stance", Stance),
            models.UniqueConstraint(
                fields=["negotiation", "body", "stance", "statement"],
                name="position_stands_once",
                violation_error_message="This position is recorded already.",
            ),
        )
