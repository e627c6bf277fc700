"""The caseload page: the tracker's own people, as far as they may be counted aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.dashboards import forms
from cases.dashboards.pages import page
from cases.queries import releases
from cases.queries.releases import Load, Release
from cases.rules.caseload import HELP, OTHER, PERSON, PLACE, STATUS, UNKNOWN, WAITING, ShownTable
from cases.rules.numbers import grouped
from cases.vocabulary.assistance import AssistanceKind
from cases.vocabulary.caseload import AgeBand, HelpStage, Phase, Subject, Waiting
from cases.vocabulary.individuals import Sex
from cases.vocabulary.status import ReturnStatus


@dataclass(frozen=True)
class Number:
    """A number in print, or the word that it is withheld; ``share`` is the length of its bar."""

    text: str
    share: int = 0
    is_withheld: bool = False
    is_nought: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a table."""

    label: str
    numbers: tuple[Number, ...]
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """A choice in the address."""

    query: str
    label: str
    number: str
    is_here: bool


@page("caseload.html")
def show(request: HttpRequest) -> Mapping[str, Any]:
    """Show what is published of one organisation's people, or of all organisations'."""
    releases.require_reader()
    is_common, phase = forms.caseload(request.GET)
    scope = "all" if is_common else "own"
    people = releases.latest(Subject.PEOPLE, is_common=is_common)
    given = releases.latest(Subject.HELP, is_common=is_common)
    found: dict[str, Any] = {"scope": scope, "people": people, "help": given}
    found["scopes"] = [
        Tab("scope=own", _("Our organisation"), "", not is_common),
        Tab("scope=all", _("All organisations"), "", is_common),
    ]
    if people is not None and people.tables is not None:
        found |= _people(people, scope, phase)
    if given is not None and given.tables is not None:
        found |= _help(given.tables[HELP][0])
    if not is_common:
        found["loads"] = _loads(releases.workload())
    return found


def _people(release: Release, scope: str, phase: str) -> dict[str, Any]:
    tables = release.tables or {}
    place, person, waiting = (tables[name][0] for name in (PLACE, PERSON, WAITING))
    row = next((i for i, group in enumerate(place.rows) if phase in group), None)
    names = releases.place_names(set(place.columns) - {OTHER, UNKNOWN})
    statuses = [
        Line(str(ReturnStatus(key).label), (number,))
        for index, table in enumerate(tables[STATUS])
        if row in (None, index)
        for key, number in zip(
            table.columns, _numbers(table.column_totals, _widest(tables[STATUS])), strict=True
        )
    ]
    return {
        "total": grouped(place.total if row is None else place.row_totals[row] or 0),
        "group": _group(place.rows[row]) if row is not None else "",
        "phases": _tabs(place, scope, row),
        "statuses": statuses,
        "places": _lines(place, row, lambda key: _place(key, names)),
        "ages": _ages(person, row),
        "sexes": [str(sex.label) for sex in Sex],
        "waiting": _lines(waiting, row, lambda key: str(Waiting(key).label)),
    }


def _tabs(table: ShownTable, scope: str, row: int | None) -> list[Tab]:
    tabs = [Tab(f"scope={scope}", _("Everybody"), grouped(table.total), row is None)]
    for index, group in enumerate(table.rows):
        number = grouped(table.row_totals[index] or 0)
        tabs.append(Tab(f"scope={scope}&phase={group[0]}", _group(group), number, index == row))
    return tabs


def _group(phases: Sequence[str]) -> str:
    return _(", or ").join(str(Phase(phase).label) for phase in phases)


def _place(key: str, names: Mapping[str, str]) -> str:
    if key == OTHER:
        return _("Other places, too few people each")
    return names.get(key, _("Not known"))


def _lines(table: ShownTable, row: int | None, name: Any) -> list[Line]:
    numbers = table.column_totals if row is None else table.cells[row]
    printed = _numbers(numbers, max((n for n in numbers if n), default=0))
    return [Line(name(key), (n,)) for key, n in zip(table.columns, printed, strict=True)]


def _ages(table: ShownTable, row: int | None) -> list[Line]:
    """Lay the pairs of age and sex out as a table; its totals are sums of what is shown."""
    numbers = table.column_totals if row is None else table.cells[row]
    by_key = dict(zip(table.columns, numbers, strict=True))
    most = max((n for n in numbers if n), default=0)
    lines = []
    for band in AgeBand:
        cells = [by_key[f"{band} {sex}"] for sex in Sex]
        lines.append(Line(str(band.label), (*_numbers(cells, most), _sum(cells))))
    columns = [[by_key[f"{band} {sex}"] for band in AgeBand] for sex in Sex]
    lines.append(Line(_("All ages"), (*map(_sum, columns), _sum(numbers))))
    return lines


def _help(table: ShownTable) -> dict[str, Any]:
    most = max((n for row in table.cells for n in row if n), default=0)
    lines = [
        Line(str(AssistanceKind(kind).label), (*_numbers(row, most), *_numbers([total], 0)))
        for (kind,), row, total in zip(table.rows, table.cells, table.row_totals, strict=True)
    ]
    whole = (*_numbers(table.column_totals, 0), *_numbers([table.total], 0))
    return {
        "stages": [str(HelpStage(stage).label) for stage in table.columns],
        "helps": [*lines, Line(_("All help"), whole)],
        "help_total": grouped(table.total),
    }


def _loads(loads: Sequence[Load]) -> list[Line]:
    most = max((load.cases for load in loads), default=0)
    return [
        Line(
            load.name or _("Nobody assigned"),
            _numbers([load.open, load.on_hold, load.pending, load.cases], most),
        )
        for load in loads
    ]


def _numbers(numbers: Sequence[int | None], most: int) -> tuple[Number, ...]:
    return tuple(
        Number(_("withheld"), is_withheld=True)
        if number is None
        else Number(
            grouped(number), round(100 * number / most) if most else 0, is_nought=not number
        )
        for number in numbers
    )


def _sum(numbers: Sequence[int | None]) -> Number:
    shown = sum(number for number in numbers if number is not None)
    if None not in numbers:
        return Number(grouped(shown), is_nought=not shown)
    if not shown:
        return Number(_("withheld"), is_withheld=True)
    return Number(_("at least %(number)s") % {"number": grouped(shown)})


def _widest(tables: Sequence[ShownTable]) -> int:
    return max((n for table in tables for n in table.column_totals if n), default=0)
