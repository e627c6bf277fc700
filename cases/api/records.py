"""Serializers built from a model's fields and their classes of sensitivity."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache, cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.relations import PKOnlyObject
from rest_framework.validators import UniqueValidator

from cases.access.gate import current_actor
from cases.access.scope import Kind
from cases.access.sensitivity import Classes, masked
from cases.api import fields as own
from cases.models.gate import Gated
from cases.queries.json_rows import Column

NEVER_SHOWN = frozenset({"search_key", "password", "stored_name", "salt"})
_READ_ONLY = "This field is read-only here. Leave it out."
_UNKNOWN = "There is no such field."
_MASKED = "You may not read this field, so you may not write it. Leave it out."
_FIXED = "This cannot be changed once it is recorded."


class Strict(serializers.Serializer[Any]):
    """Refuses what would otherwise be ignored: unknown fields, and those that are only read.

    A PUT sends back what was read; there, what is only read is left as it is.
    """

    @property
    def hidden(self) -> frozenset[str]:
        """Name the fields that whoever acts may not read."""
        return frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        is_put = getattr(self.context.get("request"), "method", "") == "PUT"
        faults, kept = {}, {}
        for name, value in data.items():
            fault = self._fault(name)
            if fault is None:
                kept[name] = value
            elif not is_put or fault[1] == "unknown_field":
                faults[name] = [serializers.ErrorDetail(*fault)]
        if faults:
            raise serializers.ValidationError(faults)
        return super().to_internal_value(kept)

    def _fault(self, name: str) -> tuple[str, str] | None:
        field = self.fields.get(name)
        if field is None:
            return _UNKNOWN, "unknown_field"
        if name in self.hidden or name in getattr(self.instance, "taken_out", ()):
            return _MASKED, "masked"
        return (_READ_ONLY, "read_only") if field.read_only else None


class RecordSerializer(Strict, serializers.ModelSerializer[Any]):
    """All fields of a model that anybody may read, and `masked`: those that this reader may not.

    ``computed`` classifies fields that are no columns, ``rests_on`` names the column that one is
    computed from; ``fixed`` names those set once.
    """

    computed: ClassVar[Classes] = {}
    rests_on: ClassVar[Mapping[str, str]] = {}
    fixed: ClassVar[tuple[str, ...]] = ()
    written_as: ClassVar[Mapping[str, Callable[[str], Column]]] = {}
    """How the database writes a field that is worked out."""

    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: own.TextField,
        models.TextField: own.TextField,
        models.SlugField: own.TextField,
        models.URLField: own.AddressField,
        models.PositiveIntegerField: own.NumberField,
        models.PositiveSmallIntegerField: own.NumberField,
        models.BooleanField: own.TruthField,
        models.DateField: own.DayField,
        models.DecimalField: own.AmountField,
    }

    masked = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="The fields that you may not read; each of them is null.",
    )

    @property
    def model(self) -> type[Gated]:
        found: type[Gated] = self.Meta.model
        return found

    @cached_property
    def hidden(self) -> frozenset[str]:
        is_list = getattr(self.context.get("view"), "action", "") == "list"
        return self.hidden_where(is_list=is_list or "as_listed" in self.context)

    def hidden_where(self, *, is_list: bool) -> frozenset[str]:
        """Name the fields that whoever acts reads in no row of a list, or in no single row."""
        hidden = self.model.masked_for_actor() | masked(self.computed, current_actor().clearance)
        if is_list:
            hidden |= self.model.masked_in_lists()
        return hidden & self.fields.keys()

    def get_fields(self) -> dict[str, Any]:
        """Copy the fields of this class: to make them from the model's takes ten times as long."""
        made = _made(type(self)).items()
        return {name: deepcopy(field) for name, field in made}

    def get_field_names(self, declared_fields: Mapping[str, Any], _info: Any) -> list[str]:
        given = getattr(self.Meta, "fields", None)
        if given is None:
            columns = [field.name for field in self.model._meta.fields]
            given = [name for name in columns if name not in NEVER_SHOWN]
        extra = [name for name in declared_fields if name not in {*given, "masked"}]
        return [*given, *extra, "masked"]

    def get_uniqueness_extra_kwargs(
        self, _names: Any, _declared: Any, extra_kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Leave uniqueness to the model, which has its own sentences."""
        return extra_kwargs, {}

    def get_validators(self) -> list[Any]:
        return []

    def build_standard_field(
        self, field_name: str, model_field: "models.Field[Any, Any]"
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        kwargs.pop("allow_unicode", None)
        checks = kwargs.get("validators", [])
        kwargs["validators"] = [check for check in checks if not isinstance(check, UniqueValidator)]
        terms = own.vocabulary(model_field)
        if terms is not None:
            wanted = ("read_only", "required", "allow_blank", "help_text")
            kept = {name: kwargs[name] for name in wanted if name in kwargs}
            return own.TermField, {**kept, "terms": terms}
        top = own.largest(model_field)
        if top is not None and not kwargs.get("read_only"):
            kwargs |= {"min_value": 0, "max_value": top}
        return field_class, kwargs

    def build_relational_field(self, _field_name: str, relation_info: Any) -> Any:
        column, to = relation_info.model_field, relation_info.related_model
        if not column.editable:
            return own.LinkField, {"to": to, "read_only": True, "help_text": column.help_text}
        is_optional = column.has_default() or column.blank or column.null
        missing = column.error_messages["null"]
        own_words = missing != models.Field.default_error_messages["null"]
        return own.LinkField, {
            "to": to,
            "required": not is_optional,
            "allow_null": column.null,
            "help_text": column.help_text,
            "error_messages": {"null": missing, "required": missing} if own_words else {},
        }

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        hidden = self.hidden | self.resting_on(instance.taken_out)
        for field in self._readable_fields:
            name = str(field.field_name)
            if name != "masked":
                shown[name] = None if name in hidden else _value(field, instance)
        shown["masked"] = sorted(hidden)
        return shown

    def resting_on(self, taken: frozenset[str]) -> frozenset[str]:
        """Name the fields that a row withholds: those taken out, and what is computed from them."""
        if not taken:
            return taken
        resting = {name for name, on in self.rests_on.items() if on in taken}
        return (taken | resting) & self.fields.keys()

    def validate(self, attrs: Any) -> Any:
        if self.instance is None:
            return attrs
        for name in [name for name, value in attrs.items() if value is None]:
            if _is_unseen(self.instance, name):
                del attrs[name]  # null was what the reader saw; writing it would erase the link
        for name in self.fixed:
            if name in attrs and attrs.pop(name) != getattr(self.instance, name):
                raise serializers.ValidationError({name: [_FIXED]}, code="fixed")
        return attrs


@cache
def _made(kind: type[RecordSerializer]) -> dict[str, Any]:
    return super(RecordSerializer, kind()).get_fields()


def _is_unseen(instance: Any, name: str) -> bool:
    """Say whether a link leads to a row that whoever acts may not see."""
    column = instance._meta.get_field(name) if name in _column_names(instance) else None
    if column is None or not column.is_relation or getattr(instance, column.attname) is None:
        return False
    return not column.related_model.objects.filter(pk=getattr(instance, column.attname)).exists()


def _column_names(instance: Any) -> set[str]:
    return {field.name for field in instance._meta.fields}


def _value(field: Any, instance: Any) -> Any:
    value = field.get_attribute(instance)
    known = value.pk if isinstance(value, PKOnlyObject) else value
    return None if known is None else field.to_representation(value)


def ahead(model: type[Gated], *names: "str | Prefetch[Any]") -> list[Any]:
    """Name what to read ahead for rows of ``model``: links of scoped kinds, and those given.

    A link to a scoped row is read through the row's own gate, so that an unseen row leaves
    nothing behind, not even its id.
    """
    given = {name_of(name) for name in names}
    scoped = [
        Prefetch(name, to.objects.only("pk"))
        for name, to in _links(model)
        if name not in given and to.SCOPE.kind is not Kind.SHARED
    ]
    return [*names, *scoped]


def _links(model: type[Gated]) -> list[tuple[str, type[Gated]]]:
    fields: list[Any] = [field for field in model._meta.fields if field.many_to_one]
    return [(field.name, field.related_model) for field in fields]


def only_links(model: type[Gated], *names: str) -> list[Any]:
    """Name the scoped links among ``names`` to read ahead, for a brief serializer."""
    return [path for path in ahead(model) if path.prefetch_to in names]


def in_order(name: str, model: type[Gated], *further: Any) -> "Prefetch[Any]":
    """Read the rows under ``name`` ahead, in the order of recording."""
    rows = model.objects.order_by("recorded_at", "pk").prefetch_related(*further)
    return Prefetch(name, rows)


def name_of(path: Any) -> str:
    """Name the link that is read ahead."""
    return str(getattr(path, "prefetch_to", path))
