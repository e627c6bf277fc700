"""Checks that keep the server from starting with a model that is not guarded."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models

from cases.access.scope import Scope
from cases.access.sensitivity import Sensitivity
from cases.models.gate import GateManager

LABEL = "cases"


def check_models(
    *, app_configs: Sequence[AppConfig] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Give the faults of all models of this application."""
    configs = [apps.get_app_config(LABEL)] if app_configs is None else app_configs
    ours = [config for config in configs if config.label == LABEL]
    return faults(model for config in ours for model in config.get_models())


def faults(guarded: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """Give the faults of some models."""
    return [
        fault
        for model in guarded
        for check in (_scope, _managers, _classes)
        for fault in check(model)
    ]


def _scope(model: type[models.Model]) -> Iterator[CheckMessage]:
    if not isinstance(getattr(model, "SCOPE", None), Scope):
        hint = "Declare SCOPE on the model: SHARED, ORGANISATION, OF_PERSON, …"
        yield Error("The model does not say who reaches its rows.", hint, model, "cases.E001")


def _managers(model: type[models.Model]) -> Iterator[CheckMessage]:
    for name in ("_default_manager", "_base_manager"):
        if not isinstance(getattr(model, name), GateManager):
            hint = "Let its Meta inherit that of Record, and its managers from GateManager."
            words = name.strip("_").replace("_", " ")
            yield Error(f"The {words} passes by the gate.", hint, model, "cases.E002")


def _classes(model: type[models.Model]) -> Iterator[CheckMessage]:
    declared = getattr(model, "SENSITIVITY", {})
    fields = {field.name for field in model._meta.concrete_fields}
    for name in sorted(fields - declared.keys()):
        hint = f'Paste into SENSITIVITY, and choose the class: "{name}": PROTECTED,'
        yield Error(f"The field {name} has no class of harm.", hint, model, "cases.E003")
    for name in sorted(declared.keys() - fields):
        hint = f'Take "{name}" out of SENSITIVITY.'
        yield Error(f"SENSITIVITY names {name}, which is no field.", hint, model, "cases.E004")
    for name, harm in declared.items():
        if not isinstance(harm, Sensitivity):
            hint = "Choose OPEN, OPERATIONAL, IDENTIFYING, PROTECTED or CRITICAL."
            yield Error(f"The class of {name} is none of ours.", hint, model, "cases.E005")
