"""What of a row is asked for: some of its fields, and links as the rows they lead to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import QueryDict
from rest_framework.serializers import ListSerializer

from cases.access.gate import can, current_actor
from cases.api import registry
from cases.api.fields import LinkField, NestedField
from cases.api.records import RecordSerializer, name_of

SELECTING = FIELDS, EXPAND = "fields", "expand"
ALWAYS = ("id", "masked")
"""What comes along, whatever is asked for."""
_NO_FIELD = "“{name}” is not a field here. There are: {known}."
_NO_LINK = "“{name}” cannot be expanded here. There are: {known}."
_LEFT_OUT = "“{name}” is to be expanded, but “fields” leaves it out. Name it there too."
_IN_FILE = "A file shows links as ids. Leave “expand” out, or ask for JSON."
_SHOWN = 40


class ExpandedField(NestedField):
    """A link that shows the other row, as the list of its collection does."""

    def __init__(self, *, resource: Any, **kwargs: Any) -> None:
        self.resource = resource
        super().__init__(shown_by=listed_by(resource), **kwargs)

    def to_representation(self, value: Any) -> Any:
        return self.shown_by(value, context={**self.context, "as_listed": True}).data


def listed_by(resource: Any) -> Any:
    """Give the serializer of a list."""
    return resource.list_serializer_class or resource.serializer_class


@dataclass(frozen=True)
class Selection:
    """The names that are asked for; without any, the row as it is."""

    fields: frozenset[str] | None = None
    expanded: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return self.fields is None and not self.expanded

    def applied(self, serializer: Any, *further: str) -> Any:
        """Let a serializer show what is asked for, and what is needed ``further`` on the way."""
        shown: Any = serializer.child if isinstance(serializer, ListSerializer) else serializer
        if self.is_whole:
            return serializer
        for name, resource in self._followed(shown):
            link = shown.fields[name]
            source = {} if link.source == name else {"source": link.source}
            shown.fields[name] = ExpandedField(
                resource=resource, to=link.to, read_only=True, **source
            )
        if self.fields is not None:
            for name in shown.fields.keys() - self.fields - {*ALWAYS, *further}:
                del shown.fields[name]
        return serializer

    def ahead(self, serializer: Any, nested: Iterable[Any]) -> list[Any]:
        """Name what is read ahead: what was, and the rows that links are expanded to."""
        kept = list(nested)
        for name, resource in self._followed(serializer):
            source = str(serializer.fields[name].source)
            given = [path for path in kept if name_of(path) == source]
            further = [further for path in given for further in _beneath(path)]
            kept = [path for path in kept if name_of(path) != source]
            kept.append(_rows_under(source, resource, further))
        return kept

    def trimmed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out again what was only needed on the way."""
        wanted = {*self.fields, *ALWAYS} if self.fields is not None else row.keys()
        return {name: value for name, value in row.items() if name in wanted}

    def _followed(self, serializer: RecordSerializer) -> list[tuple[str, Any]]:
        """Name the links that whoever acts follows; others stay as they are."""
        links = expandable(serializer)
        actor = current_actor()
        return [
            (name, links[name])
            for name in sorted(self.expanded & links.keys())
            if can(actor, links[name].reads)
        ]


WHOLE = Selection()


def expandable(serializer: RecordSerializer) -> dict[str, Any]:
    """Give the links of a serializer, each with the collection that it leads to."""
    links = {
        name: registry.showing(field.to)
        for name, field in serializer.fields.items()
        if isinstance(field, LinkField) and "." not in (field.source or name)
    }
    return {name: resource for name, resource in links.items() if resource is not None}


def shown_names(serializer: RecordSerializer) -> list[str]:
    """Name the fields that can be asked for."""
    return [name for name, field in serializer.fields.items() if not field.write_only]


def asked(query: QueryDict, serializer: RecordSerializer, *, is_file: bool = False) -> Selection:
    """Read what is asked for.

    :raises ValidationError: naming what there is.
    """
    if FIELDS not in query and EXPAND not in query:
        return WHOLE
    faults = {}
    fields, expanded = _names(query, FIELDS), _names(query, EXPAND)
    links = expandable(serializer)
    if fields is not None and (fault := _unknown(_NO_FIELD, fields, shown_names(serializer))):
        faults[FIELDS] = ValidationError(fault, code="unknown_field")
    if is_file and expanded:
        faults[EXPAND] = ValidationError(_IN_FILE, code="expand")
    elif expanded and (fault := _unknown(_NO_LINK, expanded, links)):
        faults[EXPAND] = ValidationError(fault, code="unknown_link")
    elif expanded and fields is not None and (missing := sorted(expanded - fields)):
        fault = _LEFT_OUT.format(name=missing[0])
        faults[EXPAND] = ValidationError(fault, code="left_out")
    if faults:
        raise ValidationError(faults)
    return Selection(fields, expanded or frozenset())


def _names(query: QueryDict, parameter: str) -> frozenset[str] | None:
    text = query.get(parameter)
    return None if text is None else frozenset(name.strip() for name in text.split(","))


def _unknown(sentence: str, names: Collection[str], known: Collection[str]) -> str:
    wrong = sorted(set(names) - set(known))
    listed = ", ".join(sorted(known)) or "none"
    return sentence.format(name=wrong[0][:_SHOWN], known=listed) if wrong else ""


def _beneath(path: Any) -> tuple[Any, ...]:
    rows = path.queryset if isinstance(path, Prefetch) else None
    return () if rows is None else tuple(rows._prefetch_related_lookups)  # noqa: SLF001


def _rows_under(source: str, resource: Any, further: Iterable[Any]) -> "Prefetch[Any]":
    """Read the rows of a collection ahead, as its list would, and what else is needed of them."""
    hidden = resource.model.masked_in_lists()
    rows = resource.rows(hidden).defer(*hidden)
    known = {name_of(path) for path in rows._prefetch_related_lookups}  # noqa: SLF001
    more = [path for path in further if name_of(path) not in known]
    return Prefetch(source, rows.prefetch_related(*more))
