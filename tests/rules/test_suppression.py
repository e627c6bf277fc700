"""Small cells: an attacker with all tables and all algebra learns none."""

from random import Random

import pytest

from cases.rules.suppression import Table, bounds, withheld
from tests.rules.solver import Solver


def random_table(chance: Random, height: int, width: int, *, gives_rows: bool = True) -> Table:
    small = [0, 0, 1, 1, 2, 3, 5, 9, 10, 14, 40]
    rows = []
    for _ in range(height):
        row = [chance.choice(small) for _ in range(width)]
        if gives_rows and 0 < sum(row) < 10:
            row[chance.randrange(width)] += 10
        rows.append(tuple(row))
    return Table(tuple(rows), gives_rows=gives_rows)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("gives_rows", [True, False])
def test_no_small_cell_can_be_solved_for(seed, gives_rows):
    chance = Random(f"{seed} {gives_rows}")  # noqa: S311
    table = random_table(chance, chance.randint(1, 4), chance.randint(2, 5), gives_rows=gives_rows)
    if 0 < table.at((table.height, table.width)) < 10:
        return
    hidden = withheld([table], 10)
    solver = Solver(table.height, table.width, table.at, hidden)
    told = bounds(table, hidden)
    for cell in hidden:
        low, high = solver.bounds(cell)
        assert (low, high) == told[cell]
        if 0 < table.at(cell) < 10:
            assert high >= 10
            assert high - low >= 10


@pytest.mark.parametrize("seed", range(6))
def test_nor_by_who_knows_a_part(seed):
    chance = Random(f"parts {seed}")  # noqa: S311
    height, width = chance.randint(1, 4), chance.randint(2, 5)
    ours, theirs = (random_table(chance, height, width) for _ in range(2))
    whole = Table(
        tuple(
            tuple(a + b for a, b in zip(*rows, strict=True))
            for rows in zip(ours.cells, theirs.cells, strict=True)
        )
    )
    hidden = withheld([whole, ours, theirs], 10)
    for table in (whole, ours, theirs):
        solver = Solver(table.height, table.width, table.at, hidden)
        for cell in hidden:
            if 0 < table.at(cell) < 10:
                low, high = solver.bounds(cell)
                assert high >= 10
                assert high - low >= 10


def test_one_small_cell_takes_others_with_it():
    table = Table(((3, 40, 12), (50, 20, 11)))
    hidden = withheld([table], 10)
    assert (0, 0) in hidden
    in_row = [cell for cell in hidden if cell[0] == 0 and cell[1] < 3]
    assert len(in_row) >= 2


def test_nothing_is_withheld_where_nothing_is_small():
    assert withheld([Table(((10, 0), (30, 11)))], 10) == frozenset()
    assert withheld([Table(((3, 40),))], 3) == frozenset()


def test_it_is_the_same_each_time():
    table = random_table(Random("same"), 4, 6)  # noqa: S311
    assert withheld([table], 10) == withheld([table], 10)


def test_where_nothing_can_stand_beside_a_small_cell_all_are_withheld():
    table = Table(((1, 0), (0, 0)), gives_rows=False)

    assert withheld([table], 10) == {cell for cell in table.all_cells() if cell != (2, 2)}
