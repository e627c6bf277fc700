"""Legs that join end to end."""

from django.core.exceptions import ValidationError


def check_joins(previous_end: object, start: object, position: int, names: tuple[str, str]) -> None:
    """Refuse a leg that does not begin where the leg before it ends.

    ``names`` are the end of the leg before and the start of this one, for the sentence.

    :raises ValidationError: naming both places.
    """
    if previous_end != start:
        ends, begins = names
        message = (
            f"Leg {position} begins at {begins}, but the leg before it ends at {ends}. "
            f"Begin leg {position} at {ends}, or mend the leg before."
        )
        raise ValidationError({"from_place": ValidationError(message, code="leg_does_not_join")})
