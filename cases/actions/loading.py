"""Many rows at once, past the acts: to fill a database that is measured, never one in use.

The rows hold what the acts would have written; the trail speaks for the run, not for each row.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from cases.access.actor import AnyActor, System
from cases.models.dates import BoundField
from cases.models.names import SearchKeyField

Row = tuple[Any, ...]


class Sheet:
    """The columns of one model of which each row gives the values, in that order.

    Ids are given as hexadecimal digits, days and moments as text in UTC: one form for both
    databases. What follows from a given column is worked out; the others hold what a new row has.
    """

    def __init__(self, model: type[models.Model], *given: str, **fixed: Any) -> None:
        self.model = model
        self.blank: Any = model(**fixed)
        fields: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
        self.follows = [
            (given.index(field.of), field)
            for field in fields.values()
            if isinstance(field, BoundField | SearchKeyField) and field.of in given
        ]
        names = (*given, *(field.name for _, field in self.follows))
        self.columns = [fields[name].column for name in names]
        rest = [field for name, field in fields.items() if name not in names]
        stands = {field.column: _prepared(field, self.blank) for field in rest}
        self.constants = {column: value for column, value in stands.items() if value is not None}
        self.days: dict[tuple[Any, str], str | None] = {}

    def whole(self, row: Row) -> Row:
        """Add what follows from the values of a row."""
        return (*row, *[self._following(field, row[at]) for at, field in self.follows])

    def _following(self, field: Any, value: str) -> Any:
        if isinstance(field, SearchKeyField):  # each of its own: not worth remembering
            return self._worked_out(field, value)
        key = (field, value)
        if key not in self.days:
            day = self._worked_out(field, value)
            self.days[key] = None if day is None else str(day)
        return self.days[key]

    def _worked_out(self, field: Any, value: str) -> Any:
        setattr(self.blank, field.of, value)
        return field.pre_save(self.blank, True)  # noqa: FBT003 - Django's


def _prepared(field: Any, blank: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(blank, True), connection)  # noqa: FBT003 - Django's


@transaction.atomic
def load(sheet: Sheet, rows: Iterable[Row], *, by: AnyActor) -> None:
    """Add rows to a table as fast as the database takes them.

    :raises PermissionDenied: for anybody but the system.
    """
    only_the_system(by)
    whole = map(sheet.whole, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, sheet, whole)
        else:
            _insert(cursor, sheet, whole)


_FOREIGN_FIRST = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')
    ORDER BY contype, conname
"""
_INDEXES_OF_THEIR_OWN = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%s::regclass[])
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1
"""


def unindexed(
    tables: Iterable[type[models.Model]], *, by: AnyActor
) -> AbstractContextManager[None]:
    """Take down indexes and foreign keys while the block loads, and make them again at its end.

    All in the block's own transaction: nobody ever sees the tables without them. PostgreSQL wants
    their owner for it.

    :raises PermissionDenied: for anybody but the system.
    """
    only_the_system(by)
    return _unindexed([table._meta.db_table for table in tables])


@contextmanager
def _unindexed(tables: list[str]) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        taken_down = _took_down(cursor, tables)
        yield
        for statement in reversed(taken_down):
            cursor.execute(statement)


def _took_down(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Drop; give what makes them again, in the order in which they went."""
    if connection.vendor == "postgresql":
        quoted = [f'"{table}"' for table in tables]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending on a changed table
        found: list[tuple[str, str]] = []
        for query in (_FOREIGN_FIRST, _INDEXES_OF_THEIR_OWN):
            cursor.execute(query, [quoted])
            found += cursor.fetchall()
    else:
        marks = ", ".join(["%s"] * len(tables))
        cursor.execute(
            "SELECT 'DROP INDEX \"' || name || '\"', sql FROM sqlite_master "  # noqa: S608 (marks)
            f"WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks}) ORDER BY name",
            tables,
        )
        found = cursor.fetchall()
    for drop, _make in found:
        cursor.execute(drop)
    return [make for _drop, make in found]


def only_the_system(by: AnyActor) -> None:
    """Refuse a user, whatever the role.

    :raises PermissionDenied: for anybody but the system.
    """
    if not isinstance(by, System):
        message = "You may not load rows past the acts."
        raise PermissionDenied(message)


def _insert(cursor: CursorWrapper, sheet: Sheet, rows: Iterable[Row]) -> None:
    names = _quoted((*sheet.columns, *sheet.constants))
    values = ", ".join(["%s"] * (len(sheet.columns) + len(sheet.constants)))
    rest = tuple(sheet.constants.values())
    table = sheet.model._meta.db_table
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608 (our own words)
    cursor.executemany(statement, [row + rest for row in rows])


def _copy(cursor: CursorWrapper, sheet: Sheet, rows: Iterable[Row]) -> None:
    """Copy into a table beside it: PostgreSQL refuses COPY where row security holds."""
    table, names = sheet.model._meta.db_table, _quoted(sheet.columns)
    beside = f'"loading_{table}"'
    empty = f'SELECT {names} FROM "{table}" WITH NO DATA'  # noqa: S608
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {beside} ON COMMIT DROP AS {empty}")
    with cursor.copy(f"COPY {beside} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    into = _quoted((*sheet.columns, *sheet.constants))
    rest = "".join([", %s"] * len(sheet.constants))
    statement = f'INSERT INTO "{table}" ({into}) SELECT {names}{rest} FROM {beside}'  # noqa: S608
    cursor.execute(statement, tuple(sheet.constants.values()))
    cursor.execute(f"TRUNCATE {beside}")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
