"""HXL 1.1: a hashtag for each column (https://hxlstandard.org).

``#affected`` and ``#value`` hold numbers only and ``#date`` days only; qualifiers, EDTF and the
words of the source have columns of their own. ``+returned``, ``+held`` and the like are ours: the
standard has no attribute for them, and ``+abducted`` would take a side.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.exchange.tables import Column, Kind, Row
from cases.vocabulary.counts import Unit

_PEOPLE = "#affected+ind"
_FIGURES = {
    "stated_value": f"{_PEOPLE}+stated",
    "value": f"{_PEOPLE}+stated",
    "low": f"{_PEOPLE}+min",
    "high": f"{_PEOPLE}+max",
}
"""Numbers of people where the unit is a person; else they go into a column beside."""
_UNITS = ("unit", "basis.unit")

_COUNTS = {
    "id": "#meta+id+claim",
    "population": "#indicator+id",
    "basis.population": "#indicator+code",
    "measure": "#indicator+type+stockflow",
    "basis.measure": "#indicator+type+stockflow",
    "unit": "#indicator+unit",
    "basis.unit": "#indicator+unit",
    "qualifier": "#meta+qualifier",
    "is_estimate": "#meta+estimate",
    "as_of_earliest": "#date+start",
    "as_of_latest": "#date+end",
    "as_of_edtf": "#meta+edtf",
    "as_of": "#meta+edtf",
    "claimant.label": "#group+name+claimant",
    "claimant.attribution": "#meta+attribution",
    "state": "#status+code+verification",
    "reports.title": "#meta+source",
    "statement_summary": "#description+summary",
    "dimension": "#indicator+type+subgroup",
    "label": "#indicator+name+subgroup",
}
_BY_TABLE: Mapping[str, Mapping[str, str]] = {
    "reported-counts": _COUNTS,
    "outstanding-counts": _COUNTS,
    "outstanding": _COUNTS
    | {"population": "#indicator+code+asked", "series": "#group+name+series"},
    "reconciliation": _COUNTS
    | {
        "slots": f"{_PEOPLE}+slots",
        "named": f"{_PEOPLE}+named",
        "unbound": f"{_PEOPLE}+unnamed",
        "described": f"{_PEOPLE}+described",
        "bound": f"{_PEOPLE}+bound",
        "bound_elsewhere": f"{_PEOPLE}+bound+elsewhere",
    },
    "assessments": {
        "low": f"{_PEOPLE}+min+adopted",
        "high": f"{_PEOPLE}+max+adopted",
        "population": "#indicator+id",
    },
    "populations": {
        "code": "#indicator+code",
        "title": "#indicator+name",
        "definition": "#indicator+definition",
        "category": "#indicator+type",
    },
    "repatriation-batches": {
        "code": "#event+code",
        "title": "#event+name",
        "kind": "#event+type",
        "status": "#status+name",
        "arrived_earliest": "#date+occurred+start",
        "arrived_latest": "#date+occurred+end",
        "countries": "#country+code+transit+list",
        "destination": "#loc+id+dest",
        "mediations.body_name": "#org+name+mediator+list",
        "releasing_body": "#group+id+releasing",
        "receiving_body": "#group+id+receiving",
        "slots_count": f"{_PEOPLE}+slots",
        "bound_count": f"{_PEOPLE}+named",
    },
    "individuals": {
        "case_number": "#respondee+id",
        "names.text": "#respondee+name+list",
        "sex": "#respondee+sex",
        "age_as_stated": "#respondee+age",
        "return_status": "#status+code+return",
        "work_status": "#status+code+work",
        "separation_earliest": "#date+occurred+separation+start",
        "separation_latest": "#date+occurred+separation+end",
    },
    "individual-names": {"text": "#respondee+name", "individual": "#respondee+id"},
    "batch-slots": {
        "individual": "#respondee+id",
        "sex": "#respondee+sex",
        "batch": "#event+id",
        "presence": "#status+code+presence",
    },
    "places": {
        "name": "#loc+name",
        "names.text": "#loc+name+alt+list",
        "iso_3166_1": "#country+code+v_iso2",
        "iso_3166_2": "#adm1+code+v_iso_3166_2",
        "p_code": "#loc+code+v_pcode",
        "latitude": "#geo+lat",
        "longitude": "#geo+lon",
        "accuracy_m": "#geo+accuracy",
    },
    "bodies": {"name": "#group+name", "kind": "#group+type"},
    "mediating-bodies": {"name": "#group+name", "kind": "#group+type"},
    "organisations": {"name": "#org+name", "kind": "#org+type", "key": "#org+code"},
    "assistance": {
        "kind": "#service+type",
        "stage": "#status+name",
        "provider": "#group+id+provider",
        "amount": "#value",
        "currency": "#currency+code",
        "individual": "#beneficiary+id",
        "due_earliest": "#date+start",
        "due_latest": "#date+end",
    },
    "source-reports": {
        "code": "#meta+id+code",
        "title": "#meta+source",
        "publisher": "#group+id+publisher",
        "published_earliest": "#date+reported+start",
        "published_latest": "#date+reported+end",
        "url": "#meta+url",
        "archived_sha256": "#meta+sha256",
        "reliability": "#meta+reliability",
    },
}
_ANYWHERE = {"id": "#meta+id", "organisation": "#org+id", "remarks": "#description+remarks"}
_BY_KIND = {
    Kind.ID: "#meta+id+",
    Kind.TERM: "#meta+code+",
    Kind.NUMBER: "#indicator+num+",
}
_ENDS = {"earliest": "start", "latest": "end"}


@dataclass(frozen=True)
class Tagged:
    """A column with its hashtag."""

    tag: str
    column: Column


def tagged(table: str, columns: Iterable[Column]) -> list[Tagged]:
    """Give each column of a table its hashtag; numbers that count no people stand beside."""
    known = _BY_TABLE.get(table, {})
    given = tuple(columns)
    unit = next((column for column in given if column.name in _UNITS), None)
    return [one for column in given for one in _of(column, known, unit)]


def _of(column: Column, known: Mapping[str, str], unit: Column | None) -> Iterator[Tagged]:
    stem = column.name.rpartition(".")[2]
    if unit is not None and column.kind is Kind.NUMBER and stem in _FIGURES:
        yield Tagged(_FIGURES[stem], _Of(**_fields(column), unit=unit, is_of_people=True))
        named = replace(column, name=f"{column.name} (not people)")
        tag = f"#indicator+num+{stem}"
        yield Tagged(tag, _Of(**_fields(named), unit=unit, is_of_people=False))
    else:
        yield Tagged(known.get(column.name) or _usual(column), column)


@dataclass(frozen=True)
class _Of(Column):
    """A number that stands only in the rows that count people, or only in the others."""

    unit: Column | None = None
    is_of_people: bool = True

    def value(self, row: Row) -> Any:
        counts_people = self.unit is not None and self.unit.value(row) == Unit.PERSON
        return super().value(row) if counts_people is self.is_of_people else None


def _fields(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in Column.__dataclass_fields__}


def _usual(column: Column) -> str:
    """Make a tag from the name of a column that the tables of ours do not list."""
    name = re.sub(r"[^a-z0-9_]+", "+", column.name.lower())
    if name in _ANYWHERE:
        return _ANYWHERE[name]
    if column.is_joined:
        return f"#meta+list+{name}"
    if column.kind in {Kind.DAY, Kind.MOMENT}:
        return _date(name)
    stem, _, end = name.rpartition("_")
    if end in {"edtf", "stated"}:
        return f"#meta+edtf+{stem}" if end == "edtf" else f"#description+as_stated+{stem[:-3]}"
    return _BY_KIND.get(column.kind, "#meta+") + name


def _date(name: str) -> str:
    stem, _, end = name.rpartition("_")
    return f"#date+{_ENDS[end]}+{stem}" if end in _ENDS else f"#date+{name.removesuffix('_at')}"
