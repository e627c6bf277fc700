"""Constraints that every table with a vocabulary or a date order has."""

from django.db import models
from django.db.models import F, Q

from cases.vocabulary.base import Terms


def known_term(model: str, field: str, terms: type[Terms]) -> models.CheckConstraint:
    """Hold a column to its vocabulary, in the database too: `update()` cannot slip by."""
    words = field.replace("_", " ")
    return models.CheckConstraint(
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
