"""What becomes of a record that is anonymised: by the class of each field, model by model."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from cases import clock
from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as, require
from cases.access.roles import Act
from cases.access.sensitivity import IDENTIFYING
from cases.actions import recording, sharing
from cases.models import (
    Assistance,
    Attachment,
    DuplicateDecision,
    Exclusion,
    FamilyLink,
    Grant,
    Individual,
    IndividualName,
    LikelyPair,
    Merge,
    MergedRow,
    Note,
    Referral,
    StatusEvent,
    TracingAction,
    TracingCandidate,
    TracingRequest,
)
from cases.models.base import Record
from cases.queries.areas import coarsest_that_counts
from cases.queries.family import contacts_of_nobody_else, enquirers_of_nobody_else
from cases.queries.hanging import derived_from_people, hanging_on_people
from cases.queries.merges import merged_into
from cases.vocabulary.individuals import Identification

ERASED = "Anonymised."
GONE: tuple[type[Record], ...] = (IndividualName, FamilyLink, Note, Attachment, Exclusion)
"""Rows that hold nothing else than what is to be forgotten: taken away, and said so."""
KEPT: Mapping[type[Record], frozenset[str]] = {
    Individual: frozenset({"sex", "home_place"}),
    Assistance: frozenset({"amount", "currency"}),
    Referral: frozenset({"sex", "age_class"}),
    TracingRequest: frozenset({"sex"}),
}
"""Fields above `operational` that figures rest on; the home is kept as coarsely as they allow."""


@transaction.atomic
def anonymise(person: Individual, *, by: AnyActor) -> None:
    """Forget who a person is. What is counted stays: the case, its steps, its help, its slot.

    Everything above `operational` is emptied, in every row that is about the person, but for what
    :data:`KEPT` names; a model that is added later is emptied without being named here. What was
    merged into the case is of the same person.
    """
    require(by, Act.KEEP_RETENTION)
    with acting_as(System("anonymising a record for good")):
        for duplicate in list(merged_into(person)):
            anonymise(duplicate, by=by)
        whole = Individual.objects.get(pk=person.pk)
        sharing.close(whole, by=by, reason=ERASED)
        _forget_searches(whole, by=by)
        files = list(Attachment.objects.filter(individual=whole).values_list("stored_name"))
        for contact in contacts_of_nobody_else(whole):
            for link in FamilyLink.objects.filter(contact=contact):
                recording.erase(link, by=by)
            recording.erase(contact, by=by)
        for model in derived_from_people():
            model.objects.filter(individual=whole).delete()
        of_either = Q(first=whole) | Q(second=whole)
        LikelyPair.objects.filter(of_either).delete()
        merges = Merge.objects.filter(Q(individual=whole) | Q(duplicate=whole))
        MergedRow.objects.filter(merge__in=merges).update(previous="")
        for row in [*DuplicateDecision.objects.filter(of_either), *merges]:
            _empty(row, by=by)
        for row in _about(whole):
            if isinstance(row, GONE):
                recording.erase(row, by=by)
            else:
                _empty(row, by=by)
        _empty(
            whole, by=by, identification=Identification.ANONYMOUS, anonymised_at=clock.now(),
            home_place_id=coarsest_that_counts(whole.home_place_id), assigned_to_id=None,
        )  # fmt: skip
        transaction.on_commit(partial(_delete, [name for (name,) in files]))


def _forget_searches(person: Individual, *, by: AnyActor) -> None:
    """Forget who looked for a person, and what was said where they might have been another."""
    for request in TracingRequest.objects.filter(individual=person).order_by("pk"):
        forget_request(request, by=by)
    for candidate in TracingCandidate.objects.filter(individual=person).order_by("pk"):
        _empty(candidate, by=by)


@transaction.atomic
def forget_request(request: TracingRequest, *, by: AnyActor) -> None:
    """Forget who looked for whom. The number, the steps and how it ended stay.

    A contact that is kept for this request alone goes with it.
    """
    require(by, Act.KEEP_RETENTION)
    with acting_as(System("anonymising a request for good")):
        whole = TracingRequest.objects.get(pk=request.pk)
        contacts = enquirers_of_nobody_else(whole)
        for model in (TracingAction, TracingCandidate):
            for row in model.objects.filter(request=whole).order_by("pk"):
                _empty(row, by=by)
        _empty(whole, by=by, anonymised_at=clock.now(), assigned_to_id=None)
        for contact in contacts:
            recording.erase(contact, by=by)


def _delete(stored_names: Iterable[str]) -> None:
    for name in stored_names:
        default_storage.delete(name)


def _about(person: Individual) -> Iterable[Record]:
    for model in (*hanging_on_people(), Grant, Referral):
        yield from model.objects.filter(individual=person).order_by("recorded_at", "pk")
    yield from FamilyLink.objects.filter(relative=person).order_by("recorded_at", "pk")


def _empty(row: Record, *, by: AnyActor, **further: Any) -> None:
    """Empty what identifies in one row; nothing happens where there is nothing."""
    values = {
        field.attname: _nothing(field, row)
        for field in row._meta.concrete_fields
        if identifies(type(row), field.name)
    }
    changed = {name: value for name, value in (values | further).items()
               if getattr(row, name) != value}  # fmt: skip
    if changed:
        recording.settle(row, changed, by=by, act="anonymised")


def identifies(model: type[Record], name: str) -> bool:
    """Say whether a field is emptied: by its class, unless figures rest on it."""
    return model.SENSITIVITY[name] >= IDENTIFYING and name not in KEPT.get(model, ())


def _nothing(field: "models.Field[Any, Any]", row: Record) -> Any:
    """Give what stands for nothing; a step that rests on what staff saw says that it is gone."""
    if isinstance(row, StatusEvent) and field.name == "observation" and row.statement_id is None:
        return ERASED
    return None if field.null else ""
