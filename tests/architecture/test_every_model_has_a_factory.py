"""One factory a model, and every row and trait it makes is one that the model itself accepts."""

from typing import Any

import pytest
from django.apps import apps
from factory.base import Factory

from tests import factories

MODELS = list(apps.get_app_config("cases").get_models())
FACTORIES: dict[Any, Any] = {
    thing._meta.model: thing
    for thing in (getattr(factories, name) for name in factories.__all__)
    if isinstance(thing, type(Factory))
}
TRAITS: list[Any] = [
    pytest.param(factory, trait, id=f"{factory.__name__}-{trait}")
    for factory in FACTORIES.values()
    for trait in ("", *factory._meta.parameters)
]


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_factory(model):
    assert model in FACTORIES, f"Write tests/factories/…: class {model.__name__}Factory."


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "trait"), TRAITS)
def test_every_stage_of_life_is_one_that_the_model_accepts(factory, trait):
    row = factory(**({trait: True} if trait else {}))

    assert type(row)._meta.concrete_model.objects.filter(pk=row.pk).exists()
