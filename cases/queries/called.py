"""Rows by what a file calls them: an id, a code, a name in any language."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.access.gate import current_actor
from cases.models import Body, BodyName, Individual, Place, PlaceName, Statement
from cases.models.base import Record
from cases.rules.names.sounds import search_key

_LONGEST = 200


class Ambiguous(Exception):  # noqa: N818 - a finding, not a fault of ours
    """Several rows are called so."""


def coded(model: type[Record], text: str) -> Any:
    """Find a row within sight by its id or code; one's own organisation's before others'.

    :raises Ambiguous: where several others have it.
    """
    key = _key(text)
    if key is not None:
        return model._default_manager.filter(pk=key).first()
    if not any(field.name == "code" for field in model._meta.fields):
        return None
    rows: Any = model._default_manager
    return _own_first(rows.filter(code=text[:_LONGEST]))


def case_of(text: str) -> Individual | None:
    """Find a case of one's own organisation by its id or number."""
    key = _key(text)
    looks_so = text[:2].upper() == "C-" and len(text) <= 20  # noqa: PLR2004 - the column's size
    if key is None and not looks_so:
        return None
    rows = Individual.objects.filter(organisation=current_actor().organisation_id)
    return rows.filter(pk=key).first() if key else rows.filter(case_number=text.upper()).first()


def statement_of(text: str) -> Statement | None:
    """Find a statement within sight by its id or code."""
    found: Statement | None = coded(Statement, text)
    return found


def place_called(text: str) -> Place | None:
    """Find a place by its id, a published code, or a name in any language.

    :raises Ambiguous: where several are called so.
    """
    key = _key(text)
    if key is not None:
        return Place.objects.filter(pk=key).first()
    code = text.upper()[:_LONGEST]
    coded_so = Q(iso_3166_1=code) | Q(iso_3166_2=code) | Q(p_code=code)
    found = list(Place.objects.filter(coded_so)[:2]) or list(Place.objects.filter(name=text)[:2])
    place: Place | None = _only(found or _named(Place, PlaceName, "place", text))
    return place


def body_called(text: str) -> Body | None:
    """Find a body by its id or a name in any language.

    :raises Ambiguous: where several are called so.
    """
    key = _key(text)
    if key is not None:
        return Body.objects.filter(pk=key).first()
    found = list(Body.objects.filter(name=text)[:2])
    body: Body | None = _only(found or _named(Body, BodyName, "body", text))
    return body


def _named(model: Any, names: Any, link: str, text: str) -> list[Any]:
    rows = names.objects.filter(search_key=search_key(text[:_LONGEST]))
    keys = {getattr(row, f"{link}_id") for row in rows.only(link)[:50]}
    return list(model.objects.filter(pk__in=keys)[:2])


def _only(rows: list[Any]) -> Any:
    if len(rows) > 1:
        raise Ambiguous
    return rows[0] if rows else None


def _own_first(rows: Any) -> Any:
    found = list(rows[:20])
    own_rows = [row for row in found if row.organisation_id == current_actor().organisation_id]
    return _only(own_rows or found)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == len("00000000-0000-0000-0000-000000000000") else None
    except ValueError:
        return None
