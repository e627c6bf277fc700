"""Who sees a row, and what that hangs on: read from the scopes of the models, never listed here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Q, Value, When

from cases.access.scope import Kind, Scope
from cases.models import Individual
from cases.models.base import Versioned

Model = type[models.Model]
Hinges = Mapping[tuple[Model, str], tuple[tuple[Any, str], ...]]
FACTS = ("organisation_id", "recorded_by_id", "taken_in_by_id", "recipient_id", "person_id",
         "is_published", "is_restricted", "is_moving")  # fmt: skip
"""The columns of an entry of the feed that say who sees its row."""
OPENING = frozenset({"individual", "recipient", "level", "expires_at", "revoked_at"})
"""What of a grant decides who sees what."""
_NOBODY = Value(None, output_field=models.UUIDField())
_TRUE, _FALSE = (Value(is_so, output_field=models.BooleanField()) for is_so in (True, False))


@cache
def told_of() -> tuple[Any, ...]:
    """Name the models whose rows the feed tells of: all that have a version."""
    found = apps.get_app_config("cases").get_models()
    return tuple(one for one in found if issubclass(one, Versioned) and not one._meta.proxy)


def facts(model: Any) -> dict[str, Any]:
    """Give, as expressions over rows of ``model``, who sees each of them."""
    scope: Scope = model.SCOPE
    found: dict[str, Any] = dict.fromkeys(FACTS[:5], _NOBODY)
    if scope.kind is not Kind.SHARED:
        found["organisation_id"] = F(f"{scope.keeper}_id")
    if scope.kind in {Kind.CASE, Kind.GRANT}:
        found["recorded_by_id"] = F("recorded_by_id")
    if scope.is_granted:
        found["person_id"] = F(scope.person_key) if scope.person else F("pk")
        found["taken_in_by_id"] = F(f"{scope.person}recorded_by_id")
    if scope.kind is Kind.GRANT:
        found["recipient_id"] = F("recipient_id")
    found["is_published"] = _is_published(scope)
    found["is_restricted"] = _unless(scope.standard())
    found["is_moving"] = _unless(scope.settled())
    return found


def _is_published(scope: Scope) -> Any:
    if scope.kind is Kind.SHARED:
        return _TRUE
    return F(scope.published) if scope.published else _FALSE


def _unless(condition: Q) -> Any:
    return Case(When(condition, then=_FALSE), default=_TRUE) if condition else _FALSE


@cache
def hinges() -> Hinges:
    """Say of each column that decides who sees rows: which rows, of which model, along which path.

    An empty path is the row itself.
    """
    found: dict[tuple[Model, str], dict[tuple[Any, str], None]] = defaultdict(dict)
    for model in told_of():
        for path in _paths(model.SCOPE):
            for holder, column, so_far in _walked(model, path):
                found[holder, column][model, so_far] = None
    return {key: tuple(rows) for key, rows in found.items()}


def _paths(scope: Scope) -> Iterator[str]:
    if scope.kind is Kind.SHARED:
        return
    yield scope.keeper
    if scope.kind in {Kind.CASE, Kind.GRANT}:
        yield "recorded_by"
    if scope.kind is Kind.GRANT:
        yield "recipient"
    if scope.person is not None:
        yield f"{scope.person}sensitivity"
        if scope.person:
            yield f"{scope.person}recorded_by"
    yield from (f"{other}__sensitivity" for other in scope.others)
    if scope.published:
        yield scope.published
    if scope.moving:
        yield scope.moving.path


def _walked(model: Any, path: str) -> Iterator[tuple[Model, str, str]]:
    """Follow a path; give each column on it, whose it is, and how one has come there."""
    come: list[str] = []
    for name in path.split("__"):
        yield model, name, "__".join(come)
        model = model._meta.get_field(name).related_model
        come.append(name)


@cache
def links_to(model: Model) -> tuple[tuple[Any, str], ...]:
    """Name the links to rows of a model: a row out of sight is null in the rows that lead to it."""
    return tuple(
        (one, field.name)
        for one in told_of()
        for field in one._meta.concrete_fields
        if field.related_model is not None and field.related_model._meta.concrete_model is model
    )


@cache
def opened_by_grants() -> tuple[tuple[Any, str], ...]:
    """Name the rows that a grant on a person opens, each with its path to the person."""
    return tuple(
        (one, (one.SCOPE.person or "").removesuffix("__"))
        for one in told_of()
        if one.SCOPE.is_granted
    )


@cache
def shown_by_grants() -> tuple[tuple[Any, str], ...]:
    """Name what a grant lets look otherwise: what it opens, and what leads to the person."""
    return tuple(dict.fromkeys((*opened_by_grants(), *links_to(Individual))))
