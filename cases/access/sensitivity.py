"""The classes of field, by the harm that the wrong reader could do with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Sensitivity(IntEnum):
    """A field's class. A reader cleared for one class reads those below it too."""

    OPEN = 1
    """Opaque reference, organisation, coarse status."""
    OPERATIONAL = 2
    """Stage, month, district."""
    IDENTIFYING = 3
    """Names, sex, age band."""
    PROTECTED = 4
    """Exact birth date, precise place, medical, protection concern, free text."""
    CRITICAL = 5
    """A movement not yet arrived; a confidential source or negotiator."""


OPEN = Sensitivity.OPEN
OPERATIONAL = Sensitivity.OPERATIONAL
IDENTIFYING = Sensitivity.IDENTIFYING
PROTECTED = Sensitivity.PROTECTED
CRITICAL = Sensitivity.CRITICAL

Classes = Mapping[str, Sensitivity]


@dataclass(frozen=True)
class Raised:
    """Fields that are `critical` in the rows where ``column`` has one of ``values``."""

    fields: frozenset[str]
    column: str
    values: tuple[str | bool, ...]


def dated(name: str, sensitivity: Sensitivity) -> dict[str, Sensitivity]:
    """Classify the four columns of a partial date at once."""
    columns = ("edtf", "earliest", "latest", "as_stated")
    return {f"{name}_{column}": sensitivity for column in columns}


def masked(classes: Classes, clearance: Sensitivity) -> frozenset[str]:
    """Name the fields above ``clearance``."""
    return frozenset(name for name, harm in classes.items() if harm > clearance)
