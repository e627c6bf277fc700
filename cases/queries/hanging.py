"""What hangs on a person: found by the scopes of the models, so that a new one is not forgotten."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Value

from cases.models import Grant, Individual, Referral
from cases.models.base import Record
from cases.models.gate import Gated


def hanging_on_people() -> list[Any]:
    """Name the models whose rows are recorded about one individual.

    Grants and referrals are left out: they belong to whoever gave or asked, also when a case has
    passed on.
    """
    found = [model for model in _of_people() if issubclass(model, Record)]
    return [model for model in found if model not in {Grant, Referral}]


def keys_on(person: Individual) -> dict[UUID, type[Record]]:
    """Give the ids of the rows recorded about a person, each with its model, in one query."""
    models = {model._meta.model_name: model for model in hanging_on_people()}
    first, *others = [
        model.objects.filter(individual=person).order_by().values_list("pk", Value(name))
        for name, model in models.items()
    ]
    return {key: models[name] for key, name in first.union(*others, all=True)}


def derived_from_people() -> list[Any]:
    """Name the models whose rows the tracker works out of a person's: an index, for instance."""
    return [model for model in _of_people() if not issubclass(model, Record)]


def _of_people() -> Iterator[type[Gated]]:
    for model in apps.get_app_config("cases").get_models():
        if not issubclass(model, Gated) or model._meta.proxy:
            continue
        if model.SCOPE.person == "individual__":
            yield model
