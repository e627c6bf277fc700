"""What a row holds, in the one form that the trail commits to."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from cases.access.gate import System, acting_as
from cases.models.base import Versioned

V = TypeVar("V", bound=Versioned)
Plain = str | int


def held(record: Versioned) -> dict[str, Plain]:
    """Give the values of a row by column.

    An empty column is left out: one that is added later changes no older commitment. A column
    that changes without an act is left out too.
    """
    row = _whole(record)
    columns = [f for f in row._meta.concrete_fields if f.name not in row.UNCOMMITTED]
    values = ((field, field.to_python(getattr(row, field.attname))) for field in columns)
    return {
        field.attname: _plain(field, value)
        for field, value in values
        if value is not None and value is not False and value != ""
    }


def _whole(record: V) -> V:
    """Read the row again, as the system, where the gate left out what its writer may not read."""
    if not record.unread_fields():
        return record
    with acting_as(System("committing to a row")):
        return type(record)._base_manager.get(pk=record.pk)


def _plain(field: "models.Field[Any, Any]", value: Any) -> Plain:
    """Write a value alike whether it was just assigned or read from either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        places: int = field.decimal_places  # type: ignore[attr-defined]
        return f"{value:.{places}f}"
    return value if isinstance(value, int) else str(value)
