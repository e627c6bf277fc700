"""The columns of a table, from the serializer that shows the same rows as JSON."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from cases.api.fields import LinkField, NestedField, TermField
from cases.api.records import RecordSerializer
from cases.exchange.tables import Column, Kind

READABLE = frozenset(
    {
        *("text", "code", "name", "title", "label", "case_number", "kind", "role", "number"),
        *("body_name", "report_code", "version_text", "stated_text", "claimant", "statement"),
        *("country", "from_place", "to_place", "mode", "report", "body"),
    }
)
"""What tells a reader which row is meant, where several rows share a cell."""
DEEPEST = 2
_MASKED = "masked"

_KINDS: tuple[tuple[Any, Kind], ...] = (
    (TermField, Kind.TERM),
    ((NestedField, LinkField, serializers.UUIDField), Kind.ID),
    ((serializers.IntegerField, serializers.DecimalField, serializers.FloatField), Kind.NUMBER),
    (serializers.BooleanField, Kind.TRUTH),
    (serializers.DateTimeField, Kind.MOMENT),
    (serializers.DateField, Kind.DAY),
    (serializers.ChoiceField, Kind.TERM),
)


@dataclass(frozen=True)
class _Place:
    """Where a field stands: its path, and whether several rows share the cell."""

    path: tuple[str, ...] = ()
    is_joined: bool = False


def columns_of(
    serializer: serializers.BaseSerializer[Any], left_out: Collection[str] = ()
) -> tuple[Column, ...]:
    """Give a column for each value that the serializer shows whoever acts.

    ``left_out`` names fields that no row of the table has: they have no column.
    """
    found = list(_columns(_one(serializer), _Place(), frozenset(left_out)))
    has_mask = any(name == _MASKED for name in _one(serializer).fields)
    if has_mask:
        meaning = "The fields that this row alone withholds; their cells are empty."
        found.append(
            Column(
                _MASKED, (_MASKED,), Kind.TEXT, meaning, is_joined=True, unless=frozenset(left_out)
            )
        )
    return tuple(found)


def _columns(serializer: Any, at: _Place, hidden: frozenset[str]) -> Iterator[Column]:
    for name, field in serializer.fields.items():
        if name in hidden or name == _MASKED or field.write_only:
            continue
        place = _Place((*at.path, name), at.is_joined)
        inner = _inner(field)
        if inner is None:
            yield _column(place, field)
        elif len(at.path) < DEEPEST:
            yield from _nested(inner, _Place(place.path, at.is_joined or inner.is_many))


@dataclass(frozen=True)
class _Inner:
    """A serializer within a field."""

    serializer: Any
    is_many: bool


def _nested(inner: _Inner, at: _Place) -> Iterator[Column]:
    """Give the columns of rows within a row; of several, those that say which are meant."""
    shown = inner.serializer
    hidden = shown.hidden if isinstance(shown, RecordSerializer) else frozenset()
    if at.is_joined:
        wanted = READABLE | ({"id"} if len(at.path) == 1 else set())
        hidden = hidden | (shown.fields.keys() - wanted)
    found = list(_columns(shown, at, hidden))
    if any(column.path[-1] != "id" for column in found):
        yield from found


def _inner(field: Any) -> _Inner | None:
    """Find the serializer within a field, be it declared or only said of a method."""
    is_many = isinstance(field, serializers.ListSerializer)
    if isinstance(field, NestedField):
        return _Inner(field.shown_by(), is_many=False)
    if isinstance(field, serializers.SerializerMethodField):
        method = getattr(field.parent, field.method_name or "", None)
        said = getattr(method, "_spectacular_annotation", {}).get("field")
        made = said() if isinstance(said, type) else said
        is_many = isinstance(made, serializers.ListSerializer)
        field = made
    shown = field.child if is_many else field
    return _Inner(shown, is_many) if isinstance(shown, serializers.Serializer) else None


def _column(at: _Place, field: Any) -> Column:
    is_list = isinstance(field, serializers.ListField) or _gives_list(field)
    is_joined = at.is_joined or is_list
    kind = Kind.TEXT if is_joined else _kind(field)
    return Column(
        ".".join(at.path),
        at.path,
        kind,
        _meaning(field, at.path[-1]),
        getattr(field, "terms", None),
        is_joined,
    )


def _kind(field: Any) -> Kind:
    if isinstance(field, serializers.SerializerMethodField):
        given = _returned(field)
        is_number = given in {int, int | None}
        return Kind.NUMBER if is_number else Kind.TRUTH if given is bool else Kind.TEXT
    return next((kind for classes, kind in _KINDS if isinstance(field, classes)), Kind.TEXT)


def _gives_list(field: Any) -> bool:
    return isinstance(field, serializers.SerializerMethodField) and str(
        _returned(field)
    ).startswith(("list", "tuple"))


def _returned(field: Any) -> Any:
    method = getattr(field.parent, field.method_name or "", None)
    said = getattr(method, "_spectacular_annotation", {}).get("field")
    if isinstance(said, serializers.ListField):
        return list
    return getattr(method, "__annotations__", {}).get("return", str)


def _meaning(field: Any, name: str) -> str:
    """Say what a column means, in the words of the model; else by its name."""
    said = str(field.help_text or "").strip()
    return said or f"{str(field.label or name.replace('_', ' ')).capitalize()}."


def _one(serializer: Any) -> Any:
    return serializer.child if isinstance(serializer, serializers.ListSerializer) else serializer
