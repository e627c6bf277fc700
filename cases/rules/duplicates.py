"""Pairs of cases that may be of one person."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Give a pair the one way round that it is kept.

    :raises ValidationError: for a case and itself.
    """
    if one == other:
        message = _("A case is not compared with itself. Choose another one.")
        raise ValidationError({"other": ValidationError(message, code="same_case")})
    return (one, other) if one < other else (other, one)
