"""The single act of a row of each kind of file: the one that every other door calls."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.actions import batches, counts, individuals, offers, places, recording, reports
from cases.models import Statement
from cases.rules.imports import NO_SUCH_ROW
from cases.vocabulary.imports import ImportKind


def _register(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    return individuals.register(by=by, **fields)


def _announce(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    return batches.announce(by=by, **fields)


def _add_slot(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    return batches.add_slot(by=by, **fields)


def _report(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    """Record a figure, and first the statement that gave it, where that is new."""
    given = {name: fields.pop(name) for name in _OF_STATEMENT if name in fields}
    source = fields.pop("report", None)
    statement = fields.get("statement")
    if isinstance(statement, str):
        if "summary" not in given:
            message = _(NO_SUCH_ROW)
            raise recording.refusal("statement", message, "not_found")
        fields["statement"] = statement = _state(by, statement, given)
        if source is not None:
            reports.cite(by=by, statement=statement, report=source)
    return counts.report(by=by, **fields)


_OF_STATEMENT = ("summary", "speaker", "attribution", "channel", "modality", "said_edtf")


def _state(by: AnyActor, code: str, given: dict[str, Any]) -> Statement:
    speaker = given.pop("speaker", None)
    given.setdefault("attribution", "named" if speaker else "unattributed")
    speakers = [{"body": speaker}] if speaker else []
    return reports.make_statement(by=by, code=code, speakers=speakers, **given)


def _add_place(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    names = {tag: fields.pop(name) for name, tag in _PLACE_NAMES.items() if name in fields}
    place = places.add(by=by, **fields)
    for tag, text in names.items():
        places.add_name(by=by, place=place, text=text, language_tag=tag, kind="official")
    return place


def _offer(by: AnyActor, fields: dict[str, Any]) -> models.Model:
    return offers.offer(by=by, **fields)


_PLACE_NAMES = {"name_ru": "ru-Cyrl", "name_uk": "uk-Cyrl"}
ACTS: Mapping[str, Callable[[AnyActor, dict[str, Any]], models.Model]] = {
    ImportKind.INDIVIDUALS: _register,
    ImportKind.BATCHES: _announce,
    ImportKind.SLOTS: _add_slot,
    ImportKind.COUNTS: _report,
    ImportKind.PLACES: _add_place,
    ImportKind.PFIF: _offer,
}
