"""No row is reached but through the gate."""

import pytest
from django.apps import apps
from django.db.models import CASCADE, SET_DEFAULT, SET_NULL

from cases.access.gate import NoActor, _actor as acting
from cases.models.gate import GateManager

MODELS = list(apps.get_app_config("cases").get_models())
LINKS = [field for model in MODELS for field in model._meta.concrete_fields if field.remote_field]


@pytest.fixture
def nobody():
    token = acting.set(None)
    yield
    acting.reset(token)


@pytest.mark.parametrize("model", MODELS)
def test_without_an_actor_there_are_no_rows_at_all(model, nobody):
    assert all(isinstance(manager, GateManager) for manager in model._meta.managers)
    for manager in (model._default_manager, model._base_manager):
        with pytest.raises(NoActor):
            manager.all()


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_nothing_is_deleted_or_cut_off_with_something_else(link):
    assert link.remote_field.on_delete not in {CASCADE, SET_NULL, SET_DEFAULT}
