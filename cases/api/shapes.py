"""What the rows of a collection are written from: its serializer, read as columns.

The serializer stays the one declaration; it makes the schema, takes what is written, and shows
single rows after a write. A field that only Python can work out leaves its collection to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from rest_framework import serializers

from cases.access.gate import current_actor
from cases.access.scope import Kind as ScopeKind
from cases.api import fields as own
from cases.api.fields import LinkField, NestedField
from cases.api.records import RecordSerializer, name_of
from cases.api.selection import ExpandedField
from cases.models.gate import Gated
from cases.queries.json_rows import Column, Form, JsonRows, Kind, column_of, kind_of, nothing

_TELLS = "?"
"""Begins the names of what is selected only to tell what a row withholds."""


class NotWritten(TypeError):  # noqa: N818 - a way to go, no fault
    """A field that the database cannot write."""


@dataclass(frozen=True)
class Withholding:
    """What single rows of a form may withhold, and those of the rows within them."""

    serializer: RecordSerializer
    telling: frozenset[str]
    within: "Mapping[str, Withholding]"

    def applied(self, row: dict[str, Any]) -> dict[str, Any]:
        """Empty what this reader may not read in the row, and name it."""
        model = self.serializer.model
        known = {name: _known(name, row.pop(_TELLS + name)) for name in self.telling}
        taken = model.hidden_in(known, current_actor()) if known else frozenset()
        hidden = self.serializer.resting_on(taken) & row.keys()
        row.update(dict.fromkeys(hidden))
        if hidden:
            row["masked"] = sorted({*row["masked"], *hidden})
        for name, inner in self.within.items():
            rows = row[name] if isinstance(row[name], list) else [row[name]]
            for one in rows:
                if one is not None:
                    inner.applied(one)
        return row


def _known(name: str, value: Any) -> Any:
    return UUID(value) if name.endswith("id") and value is not None else value


@dataclass(frozen=True)
class Shape:
    """How rows are written, and what is then withheld of single ones; nothing, mostly."""

    form: Form
    withholding: Withholding | None


def shape_of(serializer: RecordSerializer, rows: QuerySet[Any], *, is_list: bool) -> Shape:
    """Read a serializer as columns, for whoever acts; ``rows`` say what they read ahead.

    :raises NotWritten: for a field that only Python can work out.
    """
    nested = {name_of(path): path for path in rows._prefetch_related_lookups}  # type: ignore[attr-defined]  # noqa: SLF001
    hidden = serializer.hidden_where(is_list=is_list)
    columns, within = [], {}
    for field in serializer._readable_fields:  # noqa: SLF001 - as its own loop does
        name = str(field.field_name)
        if name == "masked":
            continue
        if name in hidden:
            columns.append(nothing(name))
            continue
        column, inner = _column(serializer, field, nested, rows, is_list=is_list)
        columns.append(column)
        if inner is not None and inner.withholding is not None:
            within[name] = inner.withholding
    telling = serializer.model.telling(current_actor())
    columns += [_telling(serializer.model, name) for name in sorted(telling)]
    withholding = Withholding(serializer, telling, within) if telling or within else None
    return Shape(Form(tuple(columns), tuple(sorted(hidden))), withholding)


def _telling(model: type[Gated], name: str) -> Column:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return column_of(field, _TELLS + name)


def _column(
    serializer: RecordSerializer,
    field: Any,
    nested: Mapping[str, Any],
    rows: QuerySet[Any],
    *,
    is_list: bool,
) -> tuple[Column, Shape | None]:
    name = str(field.field_name)
    if name in serializer.written_as:
        return serializer.written_as[name](name), None
    if isinstance(field, NestedField):
        return _one(serializer.model, field, nested, is_list=is_list)
    if isinstance(field, LinkField):
        return _link(serializer.model, field), None
    if isinstance(field, serializers.ListSerializer):
        return _many(serializer.model, field, nested, is_list=is_list)
    if isinstance(field, serializers.SerializerMethodField | serializers.BaseSerializer):
        raise NotWritten(name)
    if name in rows.query.annotations:
        return Column(name, F(name)), None
    return _plain(serializer.model, field), None


_SHOWN_AS_STORED = frozenset(
    {
        *(own.TextField, own.AddressField, own.AmountField, own.NumberField, own.TruthField),
        *(own.DayField, own.TermField, serializers.UUIDField, serializers.DateTimeField),
        *(serializers.CharField, serializers.EmailField, serializers.BooleanField),
        *(serializers.IntegerField, serializers.BigIntegerField),
    }
)


def _plain(model: type[Gated], field: Any) -> Column:
    name, (first, *rest) = str(field.field_name), field.source.split(".")
    if type(field) not in _SHOWN_AS_STORED:
        raise NotWritten(name)
    column: Any = _field(model, first)
    if not rest:
        return column_of(column, name)
    if len(rest) > 1 or not column.is_relation:
        raise NotWritten(name)
    far = _field(column.related_model, rest[0])
    found = column.related_model.objects.filter(pk=OuterRef(column.attname)).values(far.attname)
    return Column(name, Subquery(found), kind_of(far))


def _field(model: type[Gated], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        raise NotWritten(name) from None


def _link(model: type[Gated], field: LinkField) -> Column:
    """Show a link to a scoped row through that row's own gate: an unseen one leaves nothing."""
    name, column = str(field.field_name), _field(model, str(field.source))
    if field.to.SCOPE.kind is ScopeKind.SHARED:
        return column_of(column, name)
    seen = field.to.objects.filter(pk=OuterRef(column.attname)).order_by().values("pk")
    return Column(name, Subquery(seen), Kind.KEY)


def _one(
    model: type[Gated], field: NestedField, nested: Mapping[str, Any], *, is_list: bool
) -> tuple[Column, Shape]:
    name, column = str(field.field_name), _field(model, str(field.source))
    rows = _ahead(nested, str(field.source), field.to)
    as_listed = is_list or isinstance(field, ExpandedField)
    inner = _inner(field.shown_by(), rows, is_list=as_listed)
    found = rows.filter(pk=OuterRef(column.attname))
    return Column(name, JsonRows(found, inner.form, is_one=True), Kind.JSON), inner


def _many(
    model: type[Gated], field: Any, nested: Mapping[str, Any], *, is_list: bool
) -> tuple[Column, Shape]:
    name, relation = str(field.field_name), _field(model, field.source)
    if not relation.one_to_many:
        raise NotWritten(name)
    rows = _ahead(nested, field.source, relation.related_model)
    inner = _inner(field.child, rows, is_list=is_list)
    found = rows.filter(**{relation.field.name: OuterRef("pk")})
    return Column(name, JsonRows(found, inner.form), Kind.JSON), inner


def _ahead(nested: Mapping[str, Any], path: str, to: type[Gated]) -> QuerySet[Any]:
    """Give the rows that are read ahead under a path, in their order."""
    given = nested.get(path)
    rows = given.queryset if isinstance(given, Prefetch) else None
    return to.objects.all() if rows is None else rows


def _inner(serializer: Any, rows: QuerySet[Any], *, is_list: bool) -> Shape:
    if not isinstance(serializer, RecordSerializer):
        raise NotWritten(type(serializer).__name__)
    return shape_of(serializer, rows, is_list=is_list)
