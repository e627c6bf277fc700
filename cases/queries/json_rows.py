"""Rows as JSON that the database writes: what a list or a detail shows, without models between.

A row has columns. What a column selects is an ordinary expression of the ORM, so that what it
leads to passes the gate; how its value is written depends on its kind alone, and is the same on
both databases.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connections, models
from django.db.models import F, JSONField, QuerySet, Subquery, Value

_POSTGRESQL, _SQLITE = "postgresql", "sqlite"
_MASKED = "masked"


class Kind(Enum):
    """How the value of a column is written."""

    PLAIN = "plain"
    KEY = "key"
    MOMENT = "moment"
    TRUTH = "truth"
    AMOUNT = "amount"
    JSON = "json"


_KINDS: Mapping[type[models.Field[Any, Any]], Kind] = {
    models.UUIDField: Kind.KEY,
    models.DateTimeField: Kind.MOMENT,
    models.BooleanField: Kind.TRUTH,
    models.DecimalField: Kind.AMOUNT,
    models.JSONField: Kind.JSON,
}


@dataclass(frozen=True)
class Column:
    """One field of the row: its name, what it selects, and how that is written."""

    name: str
    selects: Any
    kind: Kind = Kind.PLAIN
    digits: int = 0
    """Decimals of an amount."""
    before: str = ""
    """What stands before the value, in our own words."""


@dataclass(frozen=True)
class Form:
    """What a row is written from, and the names of what its readers see in no row."""

    columns: tuple[Column, ...]
    masked: tuple[str, ...]

    def selected(self) -> dict[str, Any]:
        """Give what is selected, under names that no model has."""
        return {f"j{place}": column.selects for place, column in enumerate(self.columns)}

    def text(self, vendor: str, table: str) -> str:
        """Give the SQL that writes a row, selected in ``table``, as an object."""
        values = [
            (column.name, _value(vendor, f'{table}."j{place}"', column))
            for place, column in enumerate(self.columns)
        ]
        listed = ", ".join(f'"{name}"' for name in self.masked)
        return _object(vendor, [*values, (_MASKED, _literal(vendor, f"[{listed}]"))])


def column_of(field: Any, name: str) -> Column:
    """Give the column that shows a field of the model as it is stored."""
    digits = getattr(field, "decimal_places", None) or 0
    return Column(name, F(field.attname), kind_of(field), digits)


def kind_of(field: Any) -> Kind:
    """Say how the values of a field are written; a link is the key it holds."""
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field)
    return next((kind for known, kind in _KINDS.items() if isinstance(field, known)), Kind.PLAIN)


def nothing(name: str) -> Column:
    """Give a column that is null in every row."""
    return Column(name, Value(None, output_field=models.TextField()))


class JsonRows(Subquery):
    """The rows of a query as one array; of one row, itself or null."""

    def __init__(self, rows: QuerySet[Any], form: Form, *, is_one: bool = False) -> None:
        self.form, self.is_one = form, is_one
        selected = form.selected()
        super().__init__(rows.annotate(**selected).values_list(*selected), output_field=JSONField())

    def as_sql(self, compiler: Any, connection: Any, template: Any = None, **extra: Any) -> Any:
        # Twice: for the template, and for the values that are put into the statement.
        row = self.form.text(connection.vendor, "n").replace("%", "%%%%")
        whole = row if self.is_one else _array(connection.vendor, row)
        template = f"(SELECT {whole} FROM (%(subquery)s) n)"  # noqa: S608 - our own words
        return super().as_sql(compiler, connection, template=template, **extra)


def written(
    rows: QuerySet[Any], form: Form, finished: Callable[[QuerySet[Any]], QuerySet[Any]]
) -> tuple[str, tuple[Any, ...]]:
    """Compile a query that gives each row as JSON; ``finished`` orders and cuts it.

    :raises EmptyResultSet: where no row can be meant.
    """
    selected = form.selected()
    query = finished(rows.annotate(**selected).values_list(*selected)).query
    text, values = query.sql_with_params()
    row = form.text(connections[rows.db].vendor, "t").replace("%", "%%")
    return f"SELECT CAST({row} AS text) FROM ({text}) t", values  # noqa: S608 - our own words


def _array(vendor: str, row: str) -> str:
    if vendor == _POSTGRESQL:
        return f"coalesce(json_agg({row}), '[]'::json)"
    return f"json_group_array(json({row}))"


def _object(vendor: str, values: Sequence[tuple[str, str]]) -> str:
    if vendor == _POSTGRESQL:
        # json_build_object would do for 50 fields at most, and writes blanks.
        named = ", ".join(f'{value} AS "{name}"' for name, value in values)
        return f"(SELECT row_to_json(r) FROM (SELECT {named}) r)"  # noqa: S608
    listed = ", ".join(f"'{name}', {value}" for name, value in values)
    return f"json_object({listed})"


def _literal(vendor: str, json: str) -> str:
    return f"'{json}'::json" if vendor == _POSTGRESQL else f"json('{json}')"


def _value(vendor: str, selected: str, column: Column) -> str:
    value = _WRITERS[vendor](selected, column)
    return f"'{column.before}' || {value}" if column.before else value


def _by_postgresql(selected: str, column: Column) -> str:
    if column.kind is Kind.MOMENT:
        moment = f"{selected} AT TIME ZONE 'UTC'"
        return f'to_char({moment}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
    return f"{selected}::text" if column.kind is Kind.AMOUNT else selected


_OF_A_KEY = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""Where the parts of a key begin that SQLite keeps without hyphens, and how long they are."""


def _by_sqlite(selected: str, column: Column) -> str:
    if column.kind is Kind.KEY:
        return " || '-' || ".join(f"substr({selected}, {at}, {size})" for at, size in _OF_A_KEY)
    if column.kind is Kind.MOMENT:
        hour = f"substr({selected} || '.000000', 12, 15)"
        return f"substr({selected}, 1, 10) || 'T' || {hour} || 'Z'"
    if column.kind is Kind.TRUTH:
        return f"json(CASE {selected} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    if column.kind is Kind.AMOUNT:
        shown = f"printf('%.{column.digits}f', {selected})"
        return f"CASE WHEN {selected} IS NOT NULL THEN {shown} END"
    return f"json({selected})" if column.kind is Kind.JSON else selected


_WRITERS = {_POSTGRESQL: _by_postgresql, _SQLITE: _by_sqlite}
