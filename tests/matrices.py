"""Matrices too long for every run: a sample always, the rest with `make test-exhaustive`."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def exhaustively(values: Iterable[Any], sample: Collection[Any]) -> list[Any]:
    """Give parameters for all ``values``; those outside ``sample`` wait for the long run.

    A sample that names nothing of the matrix would quietly test less: it is an error.
    """
    values = list(values)
    unknown = set(sample) - set(values)
    if unknown:
        message = f"Not in the matrix: {sorted(map(str, unknown))}"
        raise ValueError(message)
    return [
        value if value in sample else pytest.param(value, marks=pytest.mark.exhaustive)
        for value in values
    ]
