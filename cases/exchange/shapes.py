"""What the readers of tables share."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

LONGEST_CELL = 32_767
"""As a spreadsheet has it."""
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Line:
    """One line, numbered as a spreadsheet numbers it."""

    number: int
    cells: tuple[Any, ...]


def refusal(message: str) -> ValidationError:
    """Make the refusal of a file."""
    return ValidationError({"file": ValidationError(message, code="file")})
