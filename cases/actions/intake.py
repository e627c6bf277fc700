"""Many people taken in at once, past nothing that the act of one asks.

Only who is plainly good comes this way: whatever is in doubt is left to the act of one person,
whose sentence is then the one that is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, require
from cases.access.roles import Act
from cases.actions import audit, changes, individuals, names, recording
from cases.models import Individual, IndividualName
from cases.models.base import Record
from cases.models.held import held
from cases.rules.individuals import OLDEST_AGE, case_number

_LINKS = {"organisation", "recorded_by", "home_place", "last_known_place", "assigned_to"}
"""Found through the gate a moment ago: asking for each again would cost a query a row."""
_PROVISIONAL = case_number(1)


@dataclass
class Prepared:
    """A person and their names, checked and not yet written."""

    person: Individual
    names: list[IndividualName]
    changed: list[str]
    changed_names: list[list[str]]


def prepared(people: Sequence[Mapping[str, Any]], *, by: AnyActor) -> list[Prepared | None]:
    """Check many people as the act of one would; None for each who has to go that way."""
    require(by, Act.KEEP_CASES)
    return [_prepared(by, dict(fields)) for fields in people]


@transaction.atomic
def register_many(people: Sequence[Prepared], *, by: AnyActor) -> list[Individual]:
    """Take in people who were prepared; each gets a case number, an entry in the trail, an index.

    :raises IntegrityError: where one of them clashes; nobody is then taken in.
    """
    require(by, Act.KEEP_CASES)
    if not people:
        return []
    persons = [one.person for one in people]
    first = individuals.next_serial(persons[0].organisation_id, len(persons))
    for place, person in enumerate(persons):
        person.case_number = case_number(first + place)
    spoken = [name for one in people for name in one.names]
    Individual.objects.bulk_create(persons)
    IndividualName.objects.bulk_create(spoken)
    names.index([person.pk for person in persons])
    told = [(one.person, one.changed) for one in people]
    _trail(told, by=by)
    _trail(
        [
            (name, changed)
            for one in people
            for name, changed in zip(one.names, one.changed_names, strict=True)
        ],
        by=by,
    )
    return persons


def _prepared(by: AnyActor, fields: dict[str, Any]) -> Prepared | None:
    given = fields.pop("names", ())
    changed = ["case_number", *fields]
    person = _blank(Individual, by, case_number=_PROVISIONAL, **fields)
    spoken = [_blank(IndividualName, by, individual=person, **name) for name in given]
    told = {(name.text, name.part, name.language_tag) for name in spoken}
    if len(told) != len(spoken) or (person.age_as_stated or 0) > OLDEST_AGE:
        return None
    for record, written in ((person, changed), *((name, ["text"]) for name in spoken)):
        hidden = type(record).hidden_in(record.__dict__, by)
        if hidden.intersection(written) or not _is_plain(record):
            return None
    return Prepared(person, spoken, changed, [["individual", *name] for name in given])


def _blank(model: type[Any], by: AnyActor, **fields: Any) -> Any:
    now = clock.now()
    return model(
        organisation_id=recording.organisation_id(by, None),
        recorded_by_id=by.user_id,
        recorded_at=now,
        updated_at=now,
        **fields,
    )


def _is_plain(record: Record) -> bool:
    try:
        record.clean_fields(exclude={*_LINKS, "individual"})
        record.clean()
    except ValidationError:
        return False
    return True


def _trail(told: Sequence[tuple[Record, list[str]]], *, by: AnyActor) -> None:
    if told:
        first = told[0][0]
        audit.note_many(
            by=by,
            act="recorded",
            model=recording.model_name(type(first)),
            organisation_id=first.organisation_id,
            rows=[(record.pk, changed, held(record)) for record, changed in told],
        )
        written = type(first)._default_manager.filter(pk__in=[record.pk for record, _ in told])
        changes.note_many(written, by=System("taking in many people"))
