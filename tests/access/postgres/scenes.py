"""Rows of every kind that a scope tells apart: whose, by whom, published, restricted."""

from itertools import product
from typing import Any

from cases.access.scope import Kind
from cases.vocabulary.individuals import CaseSensitivity
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.factories import GrantFactory

PUBLISHED = {"is_published": "is_published", "batch__is_published": "batch__published"}
"""What the factories call the flag."""


def lay_out(model: Any, mine: Any, theirs: Any, me: Any) -> list[Any]:
    """Record a row of each kind; give all of them."""
    rows = [
        FACTORIES[model](**whose, **by, **flag, **harm)
        for whose, by, flag, harm in product(
            owners(model, mine, theirs), recorders(model, me), publishings(model), harms(model)
        )
    ]
    if model.SCOPE.is_granted:
        rows += [shared(model, theirs, to=mine, **harm) for harm in harms(model)]
        rows += [shared(model, theirs, to=mine, ended=True), shared(model, theirs, to=None)]
    return rows


def shared(model: Any, theirs: Any, *, to: Any, ended: bool = False, **harm: Any) -> Any:
    """Record a row on a person whom a grant opens to somebody, or did."""
    row = FACTORIES[model](organisation=theirs, **harm)
    person = row if model.SCOPE.person == "" else row.individual
    recipient = {"recipient": to} if to else {"recipient__key": "third", "recipient__other": False}
    GrantFactory(individual=person, revoked=ended, **recipient)
    return row


def owners(model: Any, mine: Any, theirs: Any) -> list[dict[str, Any]]:
    names = {field.name for field in model._meta.concrete_fields}
    if model.SCOPE.kind is Kind.GRANT:
        there, back = {"organisation": mine}, {"organisation": theirs}
        return [there | {"recipient": theirs}, back | {"recipient": mine}]
    if "organisation" in names:
        return [{"organisation": mine}, {"organisation": theirs}]
    if "organisation_id" in names:
        return [{"organisation_id": mine.pk}, {"organisation_id": theirs.pk}]
    return [{}]


def recorders(model: Any, me: Any) -> list[dict[str, Any]]:
    """By somebody else, by me, and by me as is the whole that it is part of."""
    names = {field.name for field in model._meta.concrete_fields}
    if "recorded_by" not in names:
        return [{}]
    path = model.SCOPE.person or "".join((model.SCOPE.published or "").rpartition("__")[:2])
    wholes = {path.removesuffix("__"), *model.SCOPE.others} - {"", "contact"}
    of_mine = {f"{name}__recorded_by": me for name in wholes}
    return [{}, {"recorded_by": me}, {"recorded_by": me, **of_mine}, of_mine]


def publishings(model: Any) -> list[dict[str, Any]]:
    flag = model.SCOPE.published
    if flag is None:
        return [{}]
    name = "published" if model.__name__ == "RepatriationBatch" else PUBLISHED[flag]
    return [{}, {name: True}]


def harms(model: Any) -> list[dict[str, Any]]:
    if model.SCOPE.person is None:
        return [{}]
    links = [model.SCOPE.person, *(f"{name}__" for name in model.SCOPE.others if name != "contact")]
    return [{}, *({f"{link}sensitivity": CaseSensitivity.RESTRICTED} for link in links)]
