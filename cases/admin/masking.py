"""Which columns, filters and searches whoever acts may use: none that reads a masked field."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from cases.models.gate import Gated

Needs = Mapping[str, tuple[str, ...]]


def reads_masked(model: type[models.Model], path: str) -> bool:
    """Say whether a look-up path touches a field that the actor is not cleared for."""
    for part in path.split("__"):
        if issubclass(model, Gated) and part in model.masked_for_actor():
            return True
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if field.related_model is None:
            return False
        model = field.related_model
    return False


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


def _readable_row(model: type[models.Model], row: Any, needs: Needs) -> Any:
    if isinstance(row, str):
        return row if is_readable(model, row, needs) else None
    return tuple(name for name in row if is_readable(model, name, needs))


def value(record: models.Model, name: str, default: Any = None) -> Any:
    """Give a field, or ``default`` where the actor is not cleared for it."""
    if reads_masked(type(record), name):
        return default
    return getattr(record, name)
