"""What filter sets are made of; a filter knows its fields, and tells of no masked one."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.access.gate import System, acting_as
from cases.filters import values
from cases.models import IndividualName
from cases.models.base import SHORT
from cases.models.gate import Gated
from cases.queries import names
from cases.rules.names import sounds
from cases.vocabulary.base import Terms

Rows = QuerySet[Any]


class Narrowing(django_filters.Filter):
    """A filter with what the schema says of it, and the fields that it rests on."""

    field_class: type[forms.Field] = values.TextField
    shape: ClassVar[dict[str, Any]] = {"type": "string"}
    saying = ""
    is_looked_up: ClassVar[bool] = False
    """Whether it looks something up by its value before the rows are asked for."""

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        self.rests_on: tuple[tuple[type[Gated], str], ...] | None = None
        super().__init__(field_name, **kwargs)

    @property
    def schema(self) -> dict[str, Any]:
        """The shape of the value, in the words of JSON Schema."""
        return self.shape

    def said_of(self, name: str) -> str:
        return self.saying.format(field=(self.field_name or name).replace("_", " "))

    def foundations(self, model: type[Gated]) -> tuple[tuple[type[Gated], str], ...]:
        return self.rests_on or ((model, self.field_name),)

    def among(self, qs: Rows) -> Rows:
        """Keep the rows in which whoever acts may read what the filter asks of."""
        own = [field for on, field in self.foundations(qs.model) if on is qs.model]
        readable = qs.model.readable(*own) if own else None
        return qs.filter(readable) if readable else qs

    def is_masked(self, model: type[Gated]) -> bool:
        """Say whether whoever acts may not read what the filter would tell of."""
        return any(field in on.masked_for_actor() for on, field in self.foundations(model))


class Term(Narrowing):
    """One of a vocabulary."""

    field_class = forms.ChoiceField
    saying = "Only those with this {field}."

    def __init__(self, terms: type[Terms], **kwargs: Any) -> None:
        super().__init__(choices=terms.choices, **kwargs)
        self.terms = terms

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.terms.values}


class Link(Narrowing):
    """The id of another row. One that the reader may not see finds nothing, like a random one."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "uuid"}
    saying = "Only those of this {field}, by its id."

    def __init__(self, to: type[Gated], field_name: str | None = None, **kwargs: Any) -> None:
        self.to = to
        super().__init__(field_name, reads=values.key, **kwargs)

    def filter(self, qs: Rows, value: Any) -> Rows:
        if value is None:
            return qs
        return qs.filter(**{f"{self.field_name}__in": self.to.objects.filter(pk=value)})


class Flag(Narrowing):
    shape: ClassVar[dict[str, Any]] = {"type": "boolean"}
    saying = "Only those that are, or are not: {field}."

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, reads=values.flag, **kwargs)


class Through(Link):
    """The id of a row on the far side of a table between."""

    def __init__(self, to: type[Gated], between: type[Gated], near: str, far: str) -> None:
        super().__init__(to, far)
        self.between, self.near = between, near
        self.rests_on = ((between, near), (between, far))

    def filter(self, qs: Rows, value: Any) -> Rows:
        if value is None:
            return qs
        between = self.between.objects.filter(self.between.readable(self.near, self.field_name))
        found = super().filter(between, value)
        return qs.filter(pk__in=found.values(self.near))


class IsEmpty(Flag):
    """Whether a field is empty."""

    saying = "Only those without {field} (true), or with one (false)."
    means = True

    def filter(self, qs: Rows, value: bool | None) -> Rows:  # noqa: FBT001 - django-filter's
        if value is None:
            return qs
        return qs.filter(**{f"{self.field_name}__isnull": value is self.means})


class IsFilled(IsEmpty):
    """Whether a field is filled in."""

    saying = "Only those with {field} (true), or without one (false)."
    means = False


class Code(Narrowing):
    """A short reference, whole."""

    saying = "Only the one with this {field}."

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, reads=str, max_length=SHORT, **kwargs)


class Key(Narrowing):
    """An id that is no link."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "uuid"}
    saying = "Only those with this {field}."

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, reads=values.key, **kwargs)


class Number(Narrowing):
    shape: ClassVar[dict[str, Any]] = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
    saying = "Only those with this {field}."

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, reads=values.number, **kwargs)


class Search(Narrowing):
    """Names in any script and spelling, of what is on shared ground and of contacts."""

    saying = "A name in any spelling, in Cyrillic or Latin letters; each word must occur."
    is_looked_up = True

    def __init__(self, *sources: tuple[type[Gated], str], **kwargs: Any) -> None:
        """Take models with a ``search_key``, each with its link to the row sought."""
        super().__init__("pk", reads=_sought, max_length=SHORT, **kwargs)
        self.sources = sources
        self.rests_on = tuple((model, "search_key") for model, _ in sources)

    def filter(self, qs: Rows, value: str | None) -> Rows:
        if not value:
            return qs
        found = Q()
        for model, link in self.sources:
            held: QuerySet[Any] = model.objects.filter(model.readable("search_key"))
            for word in value.split():
                held = held.filter(names.spelt(word))
            found |= Q(pk__in=held.values(link))
        return qs.filter(found)


class PersonSearch(Narrowing):
    """People by their names in any script and spelling; ``link`` leads from a row to its person."""

    saying = (
        "A name in any spelling, in Cyrillic or Latin letters; of three words any two must fit. "
        "Ranked and with reasons: individuals/matches/."
    )
    is_looked_up = True

    def __init__(self, link: str = "pk") -> None:
        super().__init__("pk", reads=_sought, max_length=SHORT)
        self.link = link
        self.rests_on = ((IndividualName, "search_key"),)

    def filter(self, qs: Rows, value: str | None) -> Rows:
        if not value:
            return qs
        return qs.filter(**{f"{self.link}__in": names.bearers(value).values("individual")})


class Words(Narrowing):
    """Plain text: each word must occur in one of the columns."""

    saying = "Words; each must occur in the {columns}."
    is_looked_up = True

    def __init__(self, model: type[Gated], *columns: str) -> None:
        super().__init__(columns[0], reads=str.split, max_length=SHORT)
        self.columns = columns
        self.rests_on = tuple((model, column) for column in columns)

    def said_of(self, _name: str) -> str:
        return self.saying.format(columns=" or ".join(self.columns))

    def filter(self, qs: Rows, value: list[str] | None) -> Rows:
        for word in value or ():
            found = Q()
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            qs = qs.filter(found)
        return qs


class GatedFilters(django_filters.FilterSet):
    """Filters of one model, of which a reader may use those that tell of nothing masked."""

    @classmethod
    def asked(cls, model: type[Gated], data: Mapping[str, str]) -> dict[str, Any]:
        """Read the values of the filters that ``data`` names.

        :raises ValidationError: naming each that is masked or cannot be read.
        """
        ready, given, faults = _ready(cls, model), {}, {}
        for name in data:
            if name not in ready.filters:
                continue
            if ready.filters[name].is_masked(model):
                message = _("You may not read what this filter rests on. Leave it out.")
                raise ValidationError({name: ValidationError(message, code="masked")})
            try:
                given[name] = ready.form.fields[name].clean(data[name])
            except ValidationError as fault:
                faults[name] = fault
        if faults:
            raise ValidationError(faults)
        return given

    @classmethod
    def kept(cls, rows: Rows, asked: Mapping[str, Any]) -> Rows:
        """Keep the rows that pass, each filter asked of the rows that may answer it."""
        filters = _ready(cls, rows.model).filters
        for name in asked:
            rows = filters[name].among(rows)
        for name, value in asked.items():
            rows = filters[name].filter(rows, value)
        return rows

    @classmethod
    def narrowed(cls, rows: Rows, data: Mapping[str, str]) -> Rows:
        """Give the rows that pass what ``data`` asks for.

        :raises ValidationError: naming each parameter that cannot be read.
        """
        return cls.kept(rows, cls.asked(rows.model, data))


def _made(filters: type[GatedFilters], model: type[Gated]) -> Any:
    """Make filters and their form."""
    with acting_as(System("making filters")):
        made: Any = filters(data={}, queryset=model.objects.none())
        return made if made.form is not None else None


_ready: Any = cache(_made)
"""Gives them as they were made once: making them took longer than most lists do."""


def _sought(text: str) -> str:
    if not sounds.search_key(text):
        raise ValidationError(_("Write at least one letter or digit."), code="nothing_sought")
    return text
