"""Who is there already of those whom a file would add."""

from typing import Any

from cases.queries import duplicates
from cases.rules import dates
from cases.rules.imports import Readied
from cases.rules.names.ranking import Wanted, born
from cases.vocabulary.individuals import NamePart, Sex

_PARTS = (NamePart.GIVEN, NamePart.PATRONYMIC, NamePart.FAMILY)
_MOST = 5


def alike_of(row: Readied) -> str:
    """Name the cases within sight that may be of the same person, the likest first."""
    found = duplicates.among(_texts(row.fields), _wanted(row.fields))
    return ", ".join(f"{one.person.case_number} ({one.likeness})" for one in found[:_MOST])


def _texts(fields: Any) -> list[str]:
    names = fields.get("names", ())
    whole = [name["text"] for name in names if name["part"] == NamePart.FULL]
    parts = {name["part"]: name["text"] for name in names if name["part"] != NamePart.FULL}
    joined = " ".join(parts[part] for part in _PARTS if part in parts)
    return [*whole, joined] if joined else whole


def _wanted(fields: Any) -> Wanted:
    edtf = fields.get("birth_edtf", "")
    days = (
        dates.bounds(edtf)
        if edtf
        else born(fields.get("age_as_stated"), *dates.bounds(fields.get("age_as_of_edtf", "")))
    )
    places = {fields.get("home_place"), fields.get("last_known_place")} - {None}
    return Wanted(
        sex=fields.get("sex", Sex.UNKNOWN), born=days, places=frozenset(p.pk for p in places)
    )
