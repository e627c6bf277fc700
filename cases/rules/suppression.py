"""Which cells of a table are withheld, so that no small one can be worked out from the rest.

A table with its totals is a circulation: rows and columns are nodes, and each cell is an arc
that carries its number. What is withheld may flow otherwise, what is shown may not, so that the
least and the greatest number that a withheld cell can hold are greatest flows. They are exact.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Cell = tuple[int, int]
"""Row and column; the last row holds the totals of columns, the last column those of rows."""
_FREELY = 10**12


@dataclass(frozen=True)
class Table:
    """Numbers by row and column; the totals follow from them."""

    cells: tuple[tuple[int, ...], ...]
    gives_rows: bool = True
    """Whether the totals of rows are shown whatever they are."""

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0])

    def at(self, cell: Cell) -> int:
        row, column = cell
        rows = self.cells if row == self.height else (self.cells[row],)
        columns = slice(None) if column == self.width else slice(column, column + 1)
        return sum(sum(numbers[columns]) for numbers in rows)

    def all_cells(self) -> Iterator[Cell]:
        for row in range(self.height + 1):
            for column in range(self.width + 1):
                yield row, column

    def is_given(self, cell: Cell) -> bool:
        """Say whether a cell is shown whatever it holds; the whole is."""
        return cell[1] == self.width and (self.gives_rows or cell[0] == self.height)


def withheld(tables: Sequence[Table], threshold: int) -> frozenset[Cell]:
    """Say which cells are withheld, in tables of one form that are shown as one.

    The first is what is shown. The others are what is left of it for a reader who knows a part,
    such as what their own organisation has added. In none of them can a cell from 1 to one below
    the threshold be told more closely than within ``threshold``, nor be told to be that small.
    The whole must be nought or reach the threshold in each, and so must given totals of rows.
    """
    shown = tables[0]
    hidden = {
        cell
        for table in tables
        for cell in table.all_cells()
        if 0 < table.at(cell) < threshold and not table.is_given(cell)
    }
    for table in tables:
        for cell in sorted(hidden):
            if 0 < table.at(cell) < threshold:
                _cover(table, shown, hidden, cell, threshold)
    return frozenset(hidden)


def bounds(table: Table, hidden: frozenset[Cell]) -> Mapping[Cell, tuple[int, int]]:
    """Give the least and the greatest number that each withheld cell can hold."""
    network = _Network(table, hidden)
    return {cell: network.bounds(cell, _FREELY) for cell in hidden}


def _cover(table: Table, shown: Table, hidden: set[Cell], cell: Cell, threshold: int) -> None:
    """Withhold further cells, as little as can be, until ``cell`` lies between far bounds."""
    while True:
        network = _Network(table, hidden)
        low, high = network.bounds(cell, threshold)
        if high >= threshold and high - low >= threshold:
            return
        further = network.way_round(cell, shown)
        if not further:
            hidden |= {one for one in table.all_cells() if not table.is_given(one)}
            return
        hidden |= further


class _Network:
    """The nodes and arcs of one table, and what may still flow along them."""

    def __init__(self, table: Table, hidden: "set[Cell] | frozenset[Cell]") -> None:
        self.table, self.hidden = table, hidden
        self.room: dict[tuple[int, int, Cell], int] = {}
        self.next: dict[int, list[tuple[int, Cell]]] = {}
        for cell in table.all_cells():
            start, end = self.ends(cell)
            self.next.setdefault(start, []).append((end, cell))
            self.next.setdefault(end, []).append((start, cell))
        self.clear()

    def clear(self) -> None:
        for cell in self.table.all_cells():
            start, end = self.ends(cell)
            self.room[start, end, cell] = _FREELY
            self.room[end, start, cell] = self.table.at(cell)

    def ends(self, cell: Cell) -> tuple[int, int]:
        """Give the nodes that a cell joins, turned so that what flows in flows out."""
        row, column = cell[0], self.table.height + 1 + cell[1]
        is_total = (cell[0] == self.table.height) != (cell[1] == self.table.width)
        return (column, row) if is_total else (row, column)

    def bounds(self, cell: Cell, most: int) -> tuple[int, int]:
        """Give how low and how high a cell can be, looked for up to ``most`` either way."""
        start, end = self.ends(cell)
        number = self.table.at(cell)
        self.clear()
        down = self._flow(start, end, min(most, number), cell)
        self.clear()
        up = self._flow(end, start, most, cell)
        return number - down, number + up

    def way_round(self, cell: Cell, shown: Table) -> set[Cell]:
        """Find the cheapest cells to withhold so that ``cell`` can be greater, or else less.

        Called after :meth:`bounds`, with what flows upwards in place.
        """
        start, end = self.ends(cell)
        further = self._cheapest(end, start, cell, shown)
        if not further:
            self.clear()
            self._flow(start, end, self.table.at(cell), cell)
            further = self._cheapest(start, end, cell, shown)
        return further

    def _flow(self, start: int, end: int, most: int, but: Cell) -> int:
        found = 0
        while found < most:
            way = self._way(start, end, but)
            if way is None:
                break
            step = min(most - found, *(self.room[arc] for arc in way))
            for a, b, cell in way:
                self.room[a, b, cell] -= step
                self.room[b, a, cell] += step
            found += step
        return found

    def _way(self, start: int, end: int, but: Cell) -> list[tuple[int, int, Cell]] | None:
        came: dict[int, tuple[int, int, Cell]] = {}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for there, cell in self.next[here]:
                is_open = cell in self.hidden and cell != but
                if is_open and there not in came and self.room[here, there, cell] > 0:
                    came[there] = (here, there, cell)
                    waiting.append(there)
        return _traced(came, start, end)

    def _cheapest(self, start: int, end: int, but: Cell, shown: Table) -> set[Cell]:
        came: dict[int, tuple[int, int, Cell]] = {}
        waiting, done = [(0, start)], set()
        costs = {start: 0}
        while waiting:
            cost, here = heappop(waiting)
            if here in done:
                continue
            done.add(here)
            for there, cell in self.next[here]:
                if cell == but or self.table.is_given(cell) or self.room[here, there, cell] <= 0:
                    continue
                price = cost + (0 if cell in self.hidden else 1 + shown.at(cell))
                if price < costs.get(there, _FREELY):
                    costs[there] = price
                    came[there] = (here, there, cell)
                    heappush(waiting, (price, there))
        way = _traced(came, start, end) or []
        return {cell for _a, _b, cell in way} - set(self.hidden)


def _traced(
    came: Mapping[int, tuple[int, int, Cell]], start: int, end: int
) -> list[tuple[int, int, Cell]] | None:
    if end not in came:
        return None
    way = []
    while end != start:
        way.append(came[end])
        end = came[end][0]
    return way[::-1]
