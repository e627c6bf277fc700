"""Which columns, filters and searches whoever acts may use: none that reads a masked field."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from cases.models.gate import Gated, reads_masked

Needs = Mapping[str, tuple[str, ...]]


def is_readable(model: type[models.Model], name: str, needs: Needs) -> bool:
    """Say whether a column may be shown: every field it needs is open to the actor."""
    return not any(reads_masked(model, path) for path in needs.get(name, (name,)))


def readable(model: type[models.Model], names: Iterable[Any], needs: Needs) -> list[Any]:
    """Keep the columns and filters that read nothing masked."""
    return [name for name in names if _is_open(model, name, needs)]


def _is_open(model: type[models.Model], item: Any, needs: Needs) -> bool:
    if isinstance(item, str):
        return is_readable(model, item.lstrip("-"), needs)
    if isinstance(item, tuple):
        return is_readable(model, item[0], needs)
    return not any(reads_masked(model, path) for path in getattr(item, "needs", ()))


def readable_fieldsets(model: type[models.Model], fieldsets: Any, needs: Needs) -> list[Any]:
    """Leave masked fields out of a form's layout, and groups that become empty."""
    kept = []
    for title, options in fieldsets:
        rows = [_readable_row(model, row, needs) for row in options["fields"]]
        if fields := [row for row in rows if row]:
            kept.append((title, {**options, "fields": fields}))
    return kept


def without(fieldsets: Iterable[Any], names: Collection[str]) -> list[Any]:
    """Leave out of a form's layout what one row withholds."""
    kept = []
    for title, options in fieldsets:
        rows = [_row_without(row, names) for row in options["fields"]]
        if fields := [row for row in rows if row]:
            kept.append((title, {**options, "fields": fields}))
    return kept


def _row_without(row: Any, names: Collection[str]) -> Any:
    if isinstance(row, str):
        return None if row in names else row
    return tuple(name for name in row if name not in names)


def rests_on(item: Any, names: Collection[str]) -> bool:
    """Say whether a column reads one of the fields."""
    needs = (item,) if isinstance(item, str) else getattr(item, "needs", ())
    return any(need in names for need in needs)


def even(model: Any, names: Iterable[Any]) -> list[Any]:
    """Keep the columns that whoever acts reads in all rows alike."""
    return [name for name in names if all(map(model.is_even, _own_fields(model, [name])))]


def answering(model: Any, filters: Iterable[Any], asked: Collection[str]) -> Q:
    """Give the condition of the rows that may answer the filters in use."""
    ours = [item for item in filters if getattr(item, "parameter_name", None) in asked]
    own = _own_fields(model, [*ours, *(name.split("__")[0] for name in asked)])
    readable: Q = model.readable(*own) if own else Q()
    return readable


def _own_fields(model: Any, items: Iterable[Any]) -> list[str]:
    """Name the fields of the model itself that columns and filters read."""
    named: set[str] = set()
    for item in items:
        first = item[0] if isinstance(item, tuple) else item
        needs = (first,) if isinstance(first, str) else getattr(first, "needs", ())
        named |= {path.split("__")[0] for path in needs}
    return sorted(named & model.SENSITIVITY.keys())


def _readable_row(model: type[models.Model], row: Any, needs: Needs) -> Any:
    if isinstance(row, str):
        return row if is_readable(model, row, needs) else None
    return tuple(name for name in row if is_readable(model, name, needs))


def value(record: models.Model, name: str, default: Any = None) -> Any:
    """Give a field, or ``default`` where the actor is not cleared for it."""
    is_left_out = isinstance(record, Gated) and name in record.unread_fields()
    return default if is_left_out else getattr(record, name)
