"""Who changed a case and who read it, for those who keep it: what the trail says, with names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from cases.access.gate import System, acting_as, current_actor
from cases.access.sensitivity import PROTECTED
from cases.models import AuditEntry, Individual, User
from cases.models.base import Record
from cases.queries.hanging import keys_on
from cases.vocabulary.audit import Outcome

MOST = 10
_READING = ("read", "downloaded")


@dataclass(frozen=True)
class Change:
    """One act on the case or on a row of it; never what stood there."""

    at: datetime
    who: str
    act: str
    about: str
    fields: str


@dataclass(frozen=True)
class Reader:
    """Somebody else who read protected fields or took a file, how often, and when last."""

    who: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class CaseTrail:
    """The last changes, and the last readers; empty for whoever does not keep the case."""

    changes: tuple[Change, ...] = ()
    readers: tuple[Reader, ...] = ()


def may_read(person: Individual) -> bool:
    """Say whether whoever acts learns it: cleared staff of the organisation that keeps the case."""
    actor = current_actor()
    return actor.organisation_id == person.organisation_id and actor.clearance >= PROTECTED


def of(person: Individual) -> CaseTrail:
    """Read the last changes and the last readers of a case, in a fixed number of queries."""
    if not may_read(person):
        return CaseTrail()
    reader = current_actor().user_id
    keys: dict[UUID, type[Record]] = {person.pk: Individual, **keys_on(person)}
    with acting_as(System("telling who changed and read a case")):
        entries = AuditEntry.objects.filter(
            target_id__in=list(keys), outcome=Outcome.DONE, organisation_id=person.organisation_id
        )
        reading = Q(act__in=_READING)
        changes = list(entries.exclude(reading).order_by("-number")[:MOST])
        readers = list(
            entries.filter(reading, actor_id__isnull=False)
            .exclude(actor_id=reader)
            .values("actor_id")
            .annotate(times=Count("pk"), last_at=Max("at"))
            .order_by("-last_at", "actor_id")[:MOST]
        )
        ids = [entry.actor_id for entry in changes] + [row["actor_id"] for row in readers]
        users = User.objects.filter(pk__in={key for key in ids if key})
        names = {user.pk: str(user) for user in users}
    return CaseTrail(
        tuple(_changes(changes, keys, names)),
        tuple(
            Reader(_who(row["actor_id"], names), row["times"], row["last_at"]) for row in readers
        ),
    )


def _changes(
    entries: Iterable[AuditEntry], keys: dict[UUID, type[Record]], names: dict[Any, str]
) -> Iterable[Change]:
    for entry in entries:
        model = keys[entry.target_id]  # type: ignore[index]
        yield Change(
            at=entry.at,
            who=_who(entry.actor_id, names) if entry.actor_id else _("the system"),
            act=entry.act_in_words,
            about=str(model._meta.verbose_name),
            fields=", ".join(_labels(model, entry.changed)),
        )


def _labels(model: type[Record], changed: str) -> Iterable[str]:
    labels = {field.name: str(field.verbose_name) for field in model._meta.fields}
    names = changed.split()
    return dict.fromkeys(labels.get(name, name) for name in names)


def _who(key: Any, names: dict[Any, str]) -> str:
    return names.get(key) or _("a user of another organisation")
