"""Constraints that every table with a vocabulary or a date order has."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from cases.vocabulary.base import Terms


class KnownTerm(models.CheckConstraint):
    """Holds a column to its vocabulary in the database: `update()` cannot slip by."""

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Leave it to the field's own choices: asking the database too doubled a write's cost."""


def known_term(model: str, field: str, terms: type[Terms]) -> KnownTerm:
    """Make the constraint of one column with choices."""
    words = field.replace("_", " ")
    return KnownTerm(
        condition=Q(**{f"{field}__in": terms.values}),
        name=f"{model}_{field}_is_known",
        violation_error_message=f"Choose one of the listed terms for {words}.",
    )


def in_order(model: str, first: str, second: str, message: str) -> models.CheckConstraint:
    """Refuse a second date that is certainly before the first."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}_earliest__isnull": True})
        | Q(**{f"{second}_latest__isnull": True})
        | Q(**{f"{first}_earliest__lte": F(f"{second}_latest")}),
        name=f"{model}_{first}_before_{second}",
        violation_error_message=message,
    )
