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


def by_turns(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Give parameters for all pairs; the ordinary run takes each first once, the seconds by turns.

    So every first is tried in every run, and every second with some of them, always the same.
    """
    pairs = list(pairs)
    seconds: dict[Any, list[Any]] = {}
    for first, second in pairs:
        seconds.setdefault(first, []).append(second)
    sample = {(first, able[turn % len(able)]) for turn, (first, able) in enumerate(seconds.items())}
    return [
        pytest.param(*pair, marks=() if pair in sample else pytest.mark.exhaustive)
        for pair in pairs
    ]
