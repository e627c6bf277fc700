"""Plays the digests back through the actions, on the days they were recorded."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cases import clock, ids
from cases.access.actor import AnyActor
from cases.exchange.checks import check, references_of
from cases.exchange.digests import DigestError, Row, read
from cases.models import Organisation

NOON = time(12, tzinfo=UTC)
Known = dict[tuple[type[models.Model], str], models.Model]


def load(folder: Path) -> list[Row]:
    """Read the digests and hold them to the models.

    :raises DigestError: with one sentence for each mistake.
    """
    rows = read(folder)
    check(rows)
    return rows


@transaction.atomic
def record(rows: list[Row], *, by: AnyActor) -> None:
    """Record all rows; their ids follow from their slugs, their moments from their digests.

    :raises DigestError: where an action refuses a row; nothing is then recorded.
    """
    known: Known = {}
    keeper: Organisation | None = None
    for row in rows:
        record_of = _record(row, by=by, organisation=keeper, known=known)
        known[row.section.model, row.slug] = record_of
        if isinstance(record_of, Organisation):
            keeper = record_of


def _record(
    row: Row, *, by: AnyActor, organisation: Organisation | None, known: Known
) -> models.Model:
    owner = {} if row.section.alone else {"organisation": organisation}
    moment = datetime.combine(row.recorded_on, NOON)
    try:
        with clock.fixed(moment), ids.derived_from(f"{row.section.name}:{row.slug}"):
            return row.section.act(by=by, **owner, **_arguments(row, known))
    except ValidationError as error:
        raise DigestError(f"{row.where}: {_in_words(error)}") from error


def _arguments(row: Row, known: Known) -> dict[str, Any]:
    """Put rows in the place of slugs, in the row itself and in its parts."""
    section = row.section
    arguments = _resolved(row.fields, section.takes or references_of(section.model), known)
    for name, part in section.parts.items():
        targets = references_of(part.model)
        arguments[name] = [_resolved(entry, targets, known) for entry in row.fields.get(name, ())]
    return arguments


def _resolved(
    fields: Mapping[str, Any], targets: Mapping[str, type[models.Model]], known: Known
) -> dict[str, Any]:
    return {
        name: known[targets[name], str(value)] if name in targets and value is not None else value
        for name, value in fields.items()
    }


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )
