"""An attacker: least and greatest values by a simplex in fractions, nothing of the rule in it."""

from collections.abc import Callable
from fractions import Fraction

Cell = tuple[int, int]


class Solver:
    """Least and greatest values by a simplex in fractions: shares nothing with the rule."""

    """All sums of one table, of which some cells are not known."""

    def __init__(
        self, height: int, width: int, at: Callable[[Cell], int], hidden: frozenset[Cell]
    ) -> None:
        self.cells = sorted(hidden)
        lines = [
            [(row, column, 1) for column in range(width)] + [(row, width, -1)]
            for row in range(height + 1)
        ] + [
            [(row, column, 1) for row in range(height)] + [(height, column, -1)]
            for column in range(width + 1)
        ]
        self.rows: list[list[int]] = []
        self.right: list[int] = []
        for line in lines:
            row = [0] * len(self.cells)
            right = 0
            for i, j, sign in line:
                if (i, j) in hidden:
                    row[self.cells.index((i, j))] += sign
                else:
                    right -= sign * at((i, j))
            if any(row):
                self.rows.append(row)
                self.right.append(right)

    def bounds(self, cell: Cell) -> tuple[Fraction | int, Fraction | int]:
        goal = [0] * len(self.cells)
        goal[self.cells.index(cell)] = 1
        low = -greatest(self.rows, self.right, [-one for one in goal])
        return low, greatest(self.rows, self.right, goal)


def greatest(rows: list[list[int]], right: list[int], goal: list[int]) -> Fraction:
    """Maximise over what is not negative and solves the rows: two phases, Bland's rule."""
    width = len(goal)
    lines = []
    for index, (row, end) in enumerate(zip(rows, right, strict=True)):
        sign = -1 if end < 0 else 1
        slack = [Fraction(int(index == other)) for other in range(len(rows))]
        lines.append([Fraction(sign * one) for one in row] + slack + [Fraction(sign * end)])
    basis = [width + index for index in range(len(rows))]
    _climb(lines, basis, [Fraction(0)] * width + [Fraction(-1)] * len(rows), width + len(rows))
    return _climb(lines, basis, [Fraction(one) for one in goal] + [Fraction(0)] * len(rows), width)


def _climb(
    lines: list[list[Fraction]], basis: list[int], prices: list[Fraction], usable: int
) -> Fraction:
    while True:
        gains = [
            prices[j] - sum(prices[b] * line[j] for b, line in zip(basis, lines, strict=True))
            for j in range(usable)
        ]
        enter = next((j for j, gain in enumerate(gains) if gain > 0), None)
        if enter is None:
            return sum(
                (prices[b] * line[-1] for b, line in zip(basis, lines, strict=True)), Fraction(0)
            )
        ratios = [
            (line[-1] / line[enter], basis[index], index)
            for index, line in enumerate(lines)
            if line[enter] > 0
        ]
        assert ratios, "unbounded: no total holds it"
        _ratio, _b, leave = min(ratios)
        pivot = lines[leave][enter]
        lines[leave] = [one / pivot for one in lines[leave]]
        for index, line in enumerate(lines):
            if index != leave and line[enter]:
                factor = line[enter]
                lines[index] = [
                    a - factor * b if b else a for a, b in zip(line, lines[leave], strict=True)
                ]
        basis[leave] = enter
