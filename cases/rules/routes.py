"""Legs that join end to end."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_joins(previous_end: object, start: object, position: int, names: tuple[str, str]) -> None:
    """Refuse a leg that does not begin where the leg before it ends.

    ``names`` are the end of the leg before and the start of this one, for the sentence.

    :raises ValidationError: naming both places.
    """
    if previous_end != start:
        ends, begins = names
        message = _(
            "Leg %(number)s begins at %(begins)s, but the leg before it ends at %(ends)s. "
            "Begin leg %(number)s at %(ends)s, or mend the leg before."
        ) % {"number": position, "begins": begins, "ends": ends}
        raise ValidationError({"from_place": ValidationError(message, code="leg_does_not_join")})
