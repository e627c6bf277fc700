"""What is published of counts: nothing small, from all tables together, by anybody, on two days."""

from collections.abc import Sequence
from copy import deepcopy
from random import Random

import pytest

from cases.rules.caseload import (
    OTHER,
    PERSON,
    PERSONS,
    PHASES,
    PLACE,
    STATUS,
    WAITING,
    ShownTable,
    agree,
    may_replace,
    parties_of,
    publish,
)
from cases.rules.suppression import Table, bounds
from cases.vocabulary.caseload import Phase, Waiting
from tests.rules.solver import Solver

Counts = dict[str, dict[str, dict[str, dict[str, int]]]]
"""By keeper, view, row and column."""
PLACES = [f"place {number}" for number in range(6)]
CROWDS = [
    pytest.param(seed, people, threshold, id=f"{people} people, {threshold}, {seed}")
    for seed, (people, threshold) in enumerate([(60, 3), (250, 3), (90, 10), (400, 10), (900, 10)])
]


def crowd(chance: Random, number: int) -> list[tuple[str, ...]]:
    places = [place for n, place in enumerate(PLACES) for _ in range(3 ** (5 - n))]
    statuses = [status for n, status in enumerate(PHASES) for _ in range(2 ** (n % 5))]
    return [
        (
            chance.choice(["a", "a", "b", "c"]),
            str(chance.choice(statuses)),
            chance.choice(places),
            PERSONS[min(int(chance.expovariate(0.2)), len(PERSONS) - 1)],
            chance.choice(Waiting.values),
        )
        for _ in range(number)
    ]


def counted(people: Sequence[tuple[str, ...]]) -> Counts:
    counts: Counts = {}
    for keeper, status, place, person, waiting in people:
        phase = str(next(p for s, p in PHASES.items() if s == status))
        columns = {STATUS: status, PLACE: place, PERSON: person, WAITING: waiting}
        for view, key in columns.items():
            line = counts.setdefault(keeper, {}).setdefault(view, {}).setdefault(phase, {})
            line[key] = line.get(key, 0) + 1
    return counts


def truth(party, name: str, table: ShownTable) -> Table:
    lines = []
    for group in table.rows:
        line = dict.fromkeys(table.columns, 0)
        for phase in group:
            for key, number in party.get(name, {}).get(phase, {}).items():
                line[key if key in line else OTHER] += number
        lines.append(tuple(line.values()))
    return Table(tuple(lines))


def hidden_in(table: ShownTable) -> frozenset[tuple[int, int]]:
    lines = [(*row, total) for row, total in zip(table.cells, table.row_totals, strict=True)]
    lines.append((*table.column_totals, table.total))
    return frozenset(
        (i, j) for i, line in enumerate(lines) for j, number in enumerate(line) if number is None
    )


@pytest.mark.parametrize("is_common", [True, False])
@pytest.mark.parametrize(("seed", "number", "threshold"), CROWDS)
def test_nobody_works_out_a_small_number_from_all_that_is_shown(seed, number, threshold, is_common):
    """The tables have no cell in common but the totals of their rows, and all those are shown.

    So any people who fit each table by itself fit all of them: what cannot be solved for in one
    cannot be in all. An organisation that knows its own people is tried as well.
    """
    counts = counted(crowd(Random(seed), number))  # noqa: S311
    if not is_common:
        counts = {"a": counts["a"]}
    shown = publish(counts, threshold, is_common=is_common)
    if shown is None:
        assert threshold == 10
        assert number < 300
        return
    for party in parties_of(counts, is_common=is_common):
        for name, tables in shown.items():
            for table in tables:
                assert None not in table.row_totals
                _attack(truth(party, name, table), hidden_in(table), threshold, name)


def _attack(table: Table, hidden: frozenset, threshold: int, name: str) -> None:
    told = bounds(table, hidden)
    for cell in table.all_cells():
        if not 0 < table.at(cell) < threshold:
            continue
        assert cell in hidden
        low, high = told[cell]
        if name in {WAITING, STATUS}:  # the others are too large for fractions
            solver = Solver(table.height, table.width, table.at, hidden)
            assert solver.bounds(cell) == (low, high)
        assert high >= threshold
        assert high - low >= threshold


def test_all_that_is_shown_adds_up():
    counts = counted(crowd(Random(7), 400))  # noqa: S311
    shown = publish(counts, 10, is_common=True)
    assert shown is not None
    place = shown[PLACE][0]
    for tables in shown.values():
        assert sum(table.total for table in tables) == 400
        assert [n for table in tables for n in table.row_totals] == list(place.row_totals)


def test_phases_with_few_people_are_shown_as_one():
    people = [("a", "reported", "place 1", PERSONS[0], "30")] * 20
    people += [("a", "home", "place 1", PERSONS[0], "30")] * 12
    people += [("a", "in_transit", "place 1", PERSONS[0], "30")] * 2
    shown = publish(counted(people), 10, is_common=False)
    assert shown is not None
    assert shown[PLACE][0].rows == (
        (Phase.OUTSTANDING,),
        (Phase.ON_THE_WAY, Phase.BACK),
        (Phase.OTHERWISE,),
    )


def test_of_too_few_people_nothing_is_shown():
    few = counted([("a", "reported", "place 1", PERSONS[0], "30")] * 9)
    assert publish(few, 10, is_common=True) is None
    assert publish({}, 10, is_common=True) is None
    mixed = counted(
        [("a", "reported", "place 1", PERSONS[0], "30")] * 50
        + [("b", "reported", "place 1", PERSONS[0], "30")] * 4
    )
    assert publish(mixed, 10, is_common=True) is None, "a could take its own off"


@pytest.mark.parametrize("seed", range(20))
def test_two_days_that_differ_by_one_person_show_the_same(seed):
    chance = Random(seed)  # noqa: S311
    before = crowd(chance, 300)
    after = deepcopy(before)
    match seed % 3:
        case 0:
            after += crowd(chance, 1)
        case 1:
            after.pop(chance.randrange(len(after)))
        case _:
            after[chance.randrange(len(after))] = crowd(chance, 1)[0]
    for threshold in (3, 10):
        assert not may_replace(counted(before), counted(after), threshold, is_common=True)


@pytest.mark.parametrize("seed", range(8))
def test_from_one_page_to_the_next_many_have_changed_or_none(seed):
    """Day by day, each table that differs from the last shown differs by many people's worth."""
    chance = Random(f"days {seed}")  # noqa: S311
    people = crowd(chance, 200)
    standing, published = counted(people), 0
    for _day in range(60):
        for _change in range(chance.randint(0, 8)):
            people[chance.randrange(len(people))] = crowd(chance, 1)[0]
        people += crowd(chance, chance.randint(0, 4))
        today = counted(people)
        if not may_replace(standing, today, 3, is_common=True):
            continue
        published += 1
        for name in (PLACE, STATUS, PERSON, WAITING):
            for keeper in ("", "a", "b", "c"):
                moved = _moved(standing, today, name, keeper)
                assert moved == 0 or moved >= 3
        standing = today
    assert published > 3


def _moved(before: Counts, after: Counts, name: str, without: str) -> int:
    """Count in plain words: the people in cells that grew, or who left those that shrank."""
    sums = []
    for counts in (before, after):
        found: dict[tuple[str, str], int] = {}
        for keeper, views in counts.items():
            if keeper != without:
                for row, columns in views[name].items():
                    for key, number in columns.items():
                        found[row, key] = found.get((row, key), 0) + number
        sums.append(found)
    steps = [sums[1].get(key, 0) - sums[0].get(key, 0) for key in sums[0].keys() | sums[1].keys()]
    return max(sum(s for s in steps if s > 0), sum(-s for s in steps if s < 0))


def test_nothing_new_is_published_of_what_has_not_changed():
    counts = counted(crowd(Random(1), 100))  # noqa: S311
    assert not may_replace(counts, counts, 3, is_common=False)


def test_views_of_one_crowd_have_the_same_totals_of_rows():
    views = {"status": {"waiting": {"held": 2}}, "place": {"waiting": {"Sudzha": 2, "Kursk": 0}}}

    assert agree({"a": views})
    assert not agree({"a": views | {"person": {"waiting": {"adult": 3}}}})
