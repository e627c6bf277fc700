"""Holds the rows of the digests to the models, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models

from cases.exchange.digests import DigestError, Row
from cases.exchange.sections import home_of
from cases.models import Statement

References = dict[tuple[type[models.Model], str], int]
_SCALAR = (str, int, bool, type(None))


def check(rows: list[Row]) -> None:
    """Refuse digests with unknown fields, terms or references, or with a statement nobody cites.

    :raises DigestError: with one line for each mistake.
    """
    found: References = {}
    wrong: list[str] = []
    for number, row in enumerate(rows):
        if row.section.takes:
            continue
        if (row.section.model, row.slug) in found:
            wrong.append(f"{row.where}: stands twice in the digests. Give one another slug.")
        found.setdefault((row.section.model, row.slug), number)
    for number, row in enumerate(rows):
        wrong += [f"{row.where}: {message}" for message in _check(row, number, found)]
    wrong += _uncited(rows)
    if wrong:
        raise DigestError("\n".join(wrong))


def references_of(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """Map the fields that refer to another row to the model of that row."""
    return {
        name: field.related_model
        for name, field in fields_of(model).items()
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    }


def fields_of(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    """Map the fields of a model that a digest may fill."""
    return {field.name: field for field in model._meta.concrete_fields if field.editable}


def _check(row: Row, number: int, found: References) -> Iterator[str]:
    section = row.section
    parts = {name: row.fields[name] for name in section.parts if name in row.fields}
    own = {name: value for name, value in row.fields.items() if name not in parts}
    if section.takes:
        yield from _check_references(own, section.takes, number, found)
        return
    yield from _check_fields(own, section.model, number, found)
    for name, entries in parts.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            yield f"{name} is a list of names and values."
            continue
        part = section.parts[name]
        for entry in entries:
            yield from _check_fields(entry, part.model, number, found, filled=part.of)


def _check_fields(
    own: Mapping[str, Any],
    model: type[models.Model],
    number: int,
    found: References,
    *,
    filled: str = "",
) -> Iterator[str]:
    fields = fields_of(model)
    for name in sorted(own.keys() - fields.keys()):
        yield f"unknown field “{name}”. It may have: {', '.join(sorted(fields))}."
    for name, field in fields.items():
        if name in own:
            yield from _check_value(name, own[name], field)
        elif name != filled and _is_needed(field):
            yield f"needs “{name}”."
    yield from _check_references(own, references_of(model), number, found)


def _check_value(name: str, value: Any, field: "models.Field[Any, Any]") -> Iterator[str]:
    if not isinstance(value, _SCALAR):
        yield f"“{name}” is one value, not a list."
    elif field.choices and value not in dict(field.flatchoices):
        terms = ", ".join(str(term) for term, _ in field.flatchoices)
        yield f"unknown term “{value}” for {name}. It is one of: {terms}."


def _is_needed(field: "models.Field[Any, Any]") -> bool:
    return field.editable and not (field.null or field.blank or field.has_default())


def _check_references(
    own: Mapping[str, Any],
    targets: Mapping[str, type[models.Model]],
    number: int,
    found: References,
) -> Iterator[str]:
    for name, model in targets.items():
        slug, noun = own.get(name), model._meta.verbose_name
        if slug is None:
            continue
        target = found.get((model, str(slug)))
        if target is None:
            yield f"unknown {noun} “{slug}”. Add it to {home_of(model)} or mend the slug."
        elif target >= number:
            yield f"{noun} “{slug}” is recorded only after it. Move it up, or mend recorded_on."


def _uncited(rows: Iterable[Row]) -> Iterator[str]:
    rows = list(rows)
    cited = {row.fields.get("statement") for row in rows if row.section.name == "citations"}
    for row in rows:
        if row.section.model is Statement and row.slug not in cited:
            yield f"{row.where}: no report cites it. Add it to the citations of its report."
