"""What is published of the counts of people, and who works on how many cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, current_actor, require
from cases.access.roles import Act
from cases.models import CaseloadRelease, Individual, Place, User
from cases.rules.caseload import Shown, ShownTable, least_shown
from cases.vocabulary.caseload import Subject


@dataclass(frozen=True)
class Release:
    """The figures of one subject as they were published last; without tables, too few people."""

    made_at: datetime
    threshold: int
    tables: Shown | None


@dataclass(frozen=True)
class Load:
    """How many cases one person works on; without a name, those that nobody has."""

    name: str
    open: int
    on_hold: int
    pending: int

    @property
    def cases(self) -> int:
        return self.open + self.on_hold + self.pending


def require_reader() -> AnyActor:
    """Let in whoever may have the counts of people: who reads cases and where they stand.

    :raises PermissionDenied: for other roles.
    """
    actor = current_actor()
    require(actor, Act.READ_CASES)
    if "return_status" in Individual.masked_for_actor():
        message = _("Your role does not read where people stand, so it has no counts of them.")
        raise PermissionDenied(message)
    return actor


def latest(subject: Subject, *, is_common: bool) -> Release | None:
    """Give what is published of the reader's own organisation, or of all in common."""
    actor = require_reader()
    keeper = None if is_common else actor.organisation_id
    row = _row(keeper, subject)
    if row is None:
        return None
    return Release(row.made_at, least_shown(is_common=is_common), _read(row.shown))


def workload() -> tuple[Load, ...]:
    """List who works on how many cases of the reader's organisation, as counted last."""
    actor = require_reader()
    if "assigned_to" in Individual.masked_for_actor():
        return ()
    row = _row(actor.organisation_id, Subject.WORK)
    found = json.loads(row.shown)[0] if row else {}
    names = _names_of({UUID(key) for key in found if key})
    loads = [
        Load(
            name=names.get(UUID(key), "") if key else "",
            open=numbers.get("open", 0),
            on_hold=numbers.get("on_hold", 0),
            pending=numbers.get("pending", 0),
        )
        for key, numbers in found.items()
    ]
    return tuple(sorted(loads, key=lambda load: (not load.name, -load.cases, load.name)))


def place_names(keys: set[str]) -> Mapping[str, str]:
    """Give the names of regions by their ids."""
    ids = {UUID(key) for key in keys}
    return {
        str(key): name for key, name in Place.objects.filter(pk__in=ids).values_list("pk", "name")
    }


def _row(keeper: UUID | None, subject: Subject) -> CaseloadRelease | None:
    with acting_as(System("reading published counts")):
        return CaseloadRelease.objects.filter(organisation=keeper, subject=subject).first()


def _names_of(keys: set[UUID]) -> Mapping[UUID, str]:
    users = User.objects.filter(pk__in=keys).values_list("pk", "name", "email")
    return {key: name or email for key, name, email in users}


def _read(text: str) -> Shown | None:
    if not text:
        return None
    return {name: tuple(_table(one) for one in tables) for name, tables in json.loads(text).items()}


def _table(plain: Mapping[str, Any]) -> ShownTable:
    return ShownTable(
        rows=tuple(tuple(row) for row in plain["rows"]),
        columns=tuple(plain["columns"]),
        cells=tuple(tuple(row) for row in plain["cells"]),
        row_totals=tuple(plain["row_totals"]),
        column_totals=tuple(plain["column_totals"]),
        total=plain["total"],
    )
