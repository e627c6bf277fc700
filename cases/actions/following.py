"""What hangs on a case follows it into another one, row by row, and comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import changes as feed, recording
from cases.models import Individual, MergedRow
from cases.models.base import Versioned

STAY: Mapping[str, str] = {
    "statusevent.individual": "a step is a step of the case it was recorded on; read together",
    "duplicatedecision.first": "a decision is of the two cases that were compared; read together",
    "duplicatedecision.second": "likewise",
    "namepair.individual": "worked out of the names, which follow",
    "likelypair.first": "found anew by the command",
    "likelypair.second": "likewise",
    "referral.individual": "was asked of the case it was asked of; none may be waiting",
    "statusproposal.individual": "was decided of the case it was proposed for; none may be waiting",
    "anonymisation.individual": "likewise",
    "merge.individual": "says itself which case became which",
    "merge.duplicate": "likewise",
}
"""Links to a person that a merge leaves as they are, and why. All others follow."""

Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class Move:
    """One link of one row, from one person to another."""

    row: Any
    field: str

    @property
    def model(self) -> str:
        return recording.model_name(type(self.row))

    @property
    def person(self) -> UUID:
        found: UUID = getattr(self.row, f"{self.field}_id")
        return found

    def is_still_of(self, kept: Individual) -> bool:
        """Say whether the row is where a merge has put it: with the case, and its organisation."""
        return self.person == kept.pk and self.row.organisation_id == kept.organisation_id

    def __str__(self) -> str:
        return f"{self.row._meta.verbose_name} {str(self.row.pk)[:8]}"


def links() -> list[tuple[type[models.Model], str]]:
    """Name every link to a person that a merge moves, from the models as they are."""
    return [
        (model, field.name)
        for model in apps.get_app_config("cases").get_models()
        if not model._meta.proxy
        for field in model._meta.local_fields
        if field.related_model is Individual
        if f"{model._meta.model_name}.{field.name}" not in STAY
    ]


def of(kept: Individual, duplicate: Individual) -> list[Move]:
    """List what follows: also what the actor may not see, or it would be lost with the duplicate.

    What the kept case has already stays, and so does a tie between the two. So does what another
    organisation keeps, which had the case before: a grant of its own, a request.
    """
    with acting_as(System("finding what follows a case")):
        return [
            Move(row, field)
            for model, field in links()
            for row in _following(model, field, kept, duplicate)
        ]


def _following(
    model: type[models.Model], field: str, kept: Individual, duplicate: Individual
) -> Rows:
    rows: Rows = model._base_manager.filter(
        **{field: duplicate.pk}, organisation=kept.organisation_id
    )
    for other in _links_of(model):
        rows = rows.exclude(**{other: kept.pk})
    return rows.exclude(pk__in=set(_twins(model, field, kept, duplicate))).order_by("pk")


def _links_of(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.related_model is Individual]


def _twins(
    model: type[models.Model], field: str, kept: Individual, duplicate: Individual
) -> Iterator[Any]:
    """Find rows of which the kept case has its equal, by the unique constraints of their table."""
    for condition, others in _unique(model, field):
        rows = model._base_manager.filter(condition)
        held = {key[1:] for key in rows.filter(**{field: kept.pk}).values_list("pk", *others)}
        for key in rows.filter(**{field: duplicate.pk}).values_list("pk", *others):
            if key[1:] in held:
                yield key[0]


def _unique(model: type[models.Model], field: str) -> Iterator[tuple[Q, list[str]]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field in constraint.fields:
            yield constraint.condition or Q(), [n for n in constraint.fields if n != field]


def move(one: Move, *, to: Individual, by: AnyActor) -> None:
    """Let a row follow, whoever may see it; its entry in the trail is whoever's who merged.

    :raises Conflict: if the row was changed meanwhile.
    """
    changes: dict[str, Any] = {one.field: to.pk}
    is_kept_by_version = isinstance(one.row, Versioned)
    same = {"version": one.row.version} if is_kept_by_version else {}
    if is_kept_by_version:
        changes |= {"version": F("version") + 1, "updated_at": clock.now()}
    with acting_as(System("letting rows follow their case")):
        feed.leave(one.row, [one.field])
        rows = type(one.row)._base_manager.filter(pk=one.row.pk)
        if rows.filter(**same).update(**changes) != 1:
            raise recording.Conflict(one.row, None)
        if is_kept_by_version:
            fresh = rows.get()
            versions = (one.row.version, fresh.version)
            recording.trail(
                fresh, by=by, act="followed its case", changed=[one.field], versions=versions
            )


def back(noted: MergedRow) -> Move:
    """Give a row that has followed, as it stands now."""
    model = apps.get_model("cases", noted.model)
    with acting_as(System("finding what has followed a case")):
        return Move(model._base_manager.get(pk=noted.row_id), noted.field)
