"""What is published of counts of people, and when: small cells and small changes are kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cases.rules.suppression import Table, withheld
from cases.vocabulary.assistance import AssistanceKind, AssistanceStage
from cases.vocabulary.caseload import AgeBand, HelpStage, Phase, Waiting
from cases.vocabulary.individuals import Sex
from cases.vocabulary.status import ReturnStatus, WorkStatus

_OWN_THRESHOLD, _COMMON_THRESHOLD = 3, 10
OTHER, UNKNOWN = "other", "unknown"
"""All places that are not listed, each for too few people; and no place."""

PHASES: Mapping[ReturnStatus, Phase] = {
    ReturnStatus.REPORTED: Phase.OUTSTANDING,
    ReturnStatus.UNACCOUNTED_FOR: Phase.OUTSTANDING,
    ReturnStatus.LOCATED_HELD: Phase.OUTSTANDING,
    ReturnStatus.LOCATED_IN_AREA: Phase.OUTSTANDING,
    ReturnStatus.LOCATED_ELSEWHERE: Phase.OUTSTANDING,
    ReturnStatus.LISTED_FOR_RETURN: Phase.OUTSTANDING,
    ReturnStatus.RETURN_FAILED: Phase.OUTSTANDING,
    ReturnStatus.IN_TRANSIT: Phase.ON_THE_WAY,
    ReturnStatus.HANDED_OVER: Phase.ON_THE_WAY,
    ReturnStatus.RETURNED_TO_COUNTRY: Phase.BACK,
    ReturnStatus.TEMPORARY_ACCOMMODATION: Phase.BACK,
    ReturnStatus.HOSPITALISED: Phase.BACK,
    ReturnStatus.WITH_FAMILY: Phase.BACK,
    ReturnStatus.HOME: Phase.BACK,
    ReturnStatus.RESETTLED_ELSEWHERE: Phase.OTHERWISE,
    ReturnStatus.DOES_NOT_WISH_TO_RETURN: Phase.OTHERWISE,
    ReturnStatus.DECEASED: Phase.OTHERWISE,
}
"""A duplicate is counted where the case that goes on is, and who is out of scope not at all."""
STAGES: Mapping[AssistanceStage, HelpStage] = {
    AssistanceStage.NEEDED: HelpStage.NEEDED,
    AssistanceStage.PROMISED: HelpStage.PROMISED,
    AssistanceStage.CONDITIONAL: HelpStage.PROMISED,
    AssistanceStage.IN_PROGRESS: HelpStage.UNDER_WAY,
    AssistanceStage.DELIVERED: HelpStage.DELIVERED,
    AssistanceStage.COMPLAINED: HelpStage.COMPLAINED,
    AssistanceStage.DECLINED: HelpStage.NOT_WANTED,
    AssistanceStage.NOT_NEEDED: HelpStage.NOT_WANTED,
}

View = Mapping[str, Mapping[str, int]]
"""Numbers by row and column; every person, or every piece of help, stands in one cell."""
Counts = Mapping[str, View]
"""The views of one organisation: by place, by status and so on, with the same totals of rows."""
PLACE, STATUS, PERSON, WAITING = "place", "status", "person", "waiting"
HELP, WORK = "help", "work"
AT_WORK: Mapping[WorkStatus, str] = {
    WorkStatus.DRAFT: "open",
    WorkStatus.OPEN: "open",
    WorkStatus.REOPENED: "open",
    WorkStatus.ON_HOLD: "on_hold",
    WorkStatus.PENDING_CLOSURE: "pending",
}


@dataclass(frozen=True)
class ShownTable:
    """A table as it is published: None is what is withheld."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int


Shown = Mapping[str, tuple[ShownTable, ...]]


def least_shown(*, is_common: bool) -> int:
    """Give the smallest number of people shown inside one organisation, or across all."""
    return _COMMON_THRESHOLD if is_common else _OWN_THRESHOLD


def publish(counts: Mapping[str, Counts], threshold: int, *, is_common: bool) -> Shown | None:
    """Give what is shown of the counts of organisations; None where too few stand behind it.

    What is common to several is safe also from each of them, which knows its own part.
    """
    parties = parties_of(counts, is_common=is_common)
    groups = _groups([_by_phase(party) for party in parties], threshold)
    if groups is None:
        return None
    rows = [tuple(group) for group in groups]
    return {
        PLACE: (_table(parties, PLACE, rows, _places(parties, threshold), threshold),),
        PERSON: (_table(parties, PERSON, rows, PERSONS, threshold),),
        WAITING: (_table(parties, WAITING, rows, tuple(Waiting.values), threshold),),
        STATUS: tuple(
            _table(
                parties, STATUS, [row], tuple(s for s, p in PHASES.items() if p in row), threshold
            )
            for row in rows
        ),
    }


def publish_help(counts: Mapping[str, Counts], threshold: int, *, is_common: bool) -> Shown | None:
    """Give the same of help: its records by kind and stage."""
    parties = parties_of(counts, is_common=is_common)
    if any(0 < _sum(party.get(HELP, {})) < threshold for party in parties) or not parties:
        return None
    if _sum(parties[0].get(HELP, {})) == 0:
        return None
    rows = [(kind,) for kind in AssistanceKind.values]
    columns = tuple(HelpStage.values)
    return {HELP: (_table(parties, HELP, rows, columns, threshold, gives_rows=False),)}


PERSONS = tuple(f"{band} {sex}" for band in AgeBand.values for sex in Sex.values)


def may_replace(
    before: Mapping[str, Counts], after: Mapping[str, Counts], threshold: int, *, is_common: bool
) -> bool:
    """Say whether new counts may stand in place of those that were published last.

    Only if in each way they are shown nothing has moved or at least ``threshold`` have: between
    two pages there are that many people or none. It holds for what is left for each who knows
    their own part, too.
    """
    names = sorted(before.keys() | after.keys())
    both = [{name: counts.get(name, {}) for name in names} for counts in (before, after)]
    pairs = zip(*(parties_of(one, is_common=is_common) for one in both), strict=True)
    moves = [move for old, new in pairs for move in _moves(old, new)]
    return any(moves) and all(move == 0 or move >= threshold for move in moves)


def parties_of(counts: Mapping[str, Counts], *, is_common: bool) -> list[Counts]:
    """Give the whole, and what is left of it for each organisation that knows its own part."""
    whole = _added(counts.values())
    if not is_common:
        return [whole]
    rests = (
        _added(part for other, part in counts.items() if other != name) for name in sorted(counts)
    )
    return [whole, *rests]


def difference(before: Mapping[str, Counts], after: Mapping[str, Counts]) -> int:
    """Count how many have moved at least, in the view where it is most."""
    return max(_moves(_added(before.values()), _added(after.values())), default=0)


def agree(counts: Mapping[str, Counts]) -> bool:
    """Say whether all views of each organisation have the same totals of rows."""
    for views in counts.values():
        totals = [
            {row: sum(columns.values()) for row, columns in view.items() if any(columns.values())}
            for view in views.values()
        ]
        if any(other != totals[0] for other in totals):
            return False
    return True


def _moves(before: Counts, after: Counts) -> Iterable[int]:
    for name in before.keys() | after.keys():
        old, new = _cells(before.get(name, {})), _cells(after.get(name, {}))
        for take in (lambda key: key, lambda key: key[0], lambda key: key[1], lambda _key: ""):
            yield _move(_collapsed(old, take), _collapsed(new, take))


def _move(old: Mapping[object, int], new: Mapping[object, int]) -> int:
    """Count how many must have moved at least, for one set of numbers to become the other."""
    steps = [new.get(key, 0) - old.get(key, 0) for key in old.keys() | new.keys()]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def _cells(view: View) -> dict[tuple[str, str], int]:
    return {(row, key): n for row, columns in view.items() for key, n in columns.items()}


def _collapsed(cells: Mapping[tuple[str, str], int], take: object) -> dict[object, int]:
    found: dict[object, int] = {}
    for key, number in cells.items():
        short = take(key)  # type: ignore[operator]
        found[short] = found.get(short, 0) + number
    return found


def _added(parts: Iterable[Counts]) -> Counts:
    whole: dict[str, dict[str, dict[str, int]]] = {}
    for part in parts:
        for name, view in part.items():
            for row, columns in view.items():
                into = whole.setdefault(name, {}).setdefault(row, {})
                for key, number in columns.items():
                    into[key] = into.get(key, 0) + number
    return whole


def _by_phase(party: Counts) -> dict[str, int]:
    view = party.get(STATUS, {})
    return {phase: sum(view.get(phase, {}).values()) for phase in Phase.values}


def _by_column(view: View) -> dict[str, int]:
    found: dict[str, int] = {}
    for columns in view.values():
        for key, number in columns.items():
            found[key] = found.get(key, 0) + number
    return found


def _sum(view: View) -> int:
    return sum(sum(columns.values()) for columns in view.values())


def _groups(parties: Sequence[Mapping[str, int]], threshold: int) -> list[list[str]] | None:
    """Put phases together until no group holds few people; None where even all are too few."""
    groups = [[phase] for phase in Phase.values]

    def of(group: list[str], party: Mapping[str, int]) -> int:
        return sum(party[phase] for phase in group)

    def is_small(group: list[str]) -> bool:
        return any(0 < of(group, party) < threshold for party in parties)

    while small := next((group for group in groups if is_small(group)), None):
        others = [group for group in groups if group is not small and of(group, parties[0])]
        if not others:
            return None
        into = min(others, key=lambda group: of(group, parties[0]))
        groups = [group for group in groups if group is not small and group is not into]
        groups.append(sorted(small + into, key=Phase.values.index))
    groups.sort(key=lambda group: Phase.values.index(group[0]))
    return groups if sum(parties[0].values()) else None


def _places(parties: Sequence[Counts], threshold: int) -> tuple[str, ...]:
    """List the places that enough people are from, for every party; the rest are one column."""
    found = []
    sums = [_by_column(party.get(PLACE, {})) for party in parties]
    for place in sums[0]:
        numbers = [party.get(place, 0) for party in sums]
        if numbers[0] >= threshold and all(n == 0 or n >= threshold for n in numbers):
            found.append(place)
    return (*sorted(found, key=lambda place: (-sums[0][place], place)), OTHER)


def _table(
    parties: Sequence[Counts],
    name: str,
    rows: Sequence[tuple[str, ...]],
    columns: tuple[str, ...],
    threshold: int,
    *,
    gives_rows: bool = True,
) -> ShownTable:
    views = [party.get(name, {}) for party in parties]
    tables = [Table(_numbers(view, rows, columns), gives_rows=gives_rows) for view in views]
    hidden = withheld(tables, threshold)
    whole = tables[0]

    def at(row: int, column: int) -> int | None:
        return None if (row, column) in hidden else whole.at((row, column))

    height, width = len(rows), len(columns)
    return ShownTable(
        rows=tuple(rows),
        columns=columns,
        cells=tuple(tuple(at(row, column) for column in range(width)) for row in range(height)),
        row_totals=tuple(at(row, width) for row in range(height)),
        column_totals=tuple(at(height, column) for column in range(width)),
        total=whole.at((height, width)),
    )


def _numbers(
    view: View, rows: Sequence[tuple[str, ...]], columns: tuple[str, ...]
) -> tuple[tuple[int, ...], ...]:
    lines = []
    for group in rows:
        line = dict.fromkeys(columns, 0)
        for row in group:
            for key, number in view.get(row, {}).items():
                line[key if key in line else columns[-1]] += number
        lines.append(tuple(line.values()))
    return tuple(lines)
