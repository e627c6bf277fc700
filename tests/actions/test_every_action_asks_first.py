"""Each action asks who may, before it looks at anything else."""

from importlib import import_module
from inspect import Parameter, getmembers, isfunction, signature
from pkgutil import iter_modules
from unittest.mock import MagicMock

import pytest
from django.core.exceptions import PermissionDenied

from cases import actions
from cases.access.gate import Anonymous

pytestmark = pytest.mark.django_db
HELPERS = {"audit", "following", "mergeable", "guards", "reads", "recording", "refusals", "steps",
           "tracing_guards"}  # fmt: skip
ACTIONS = [
    pytest.param(function, id=f"{module.name}.{name}")
    for module in iter_modules(actions.__path__)
    if module.name not in HELPERS
    for name, function in getmembers(import_module(f"cases.actions.{module.name}"), isfunction)
    if not name.startswith("_")
    and function.__module__ == f"cases.actions.{module.name}"
    and "by" in signature(function).parameters
]


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_may_act_without_signing_in(action):
    required = {
        name: MagicMock()
        for name, parameter in signature(action).parameters.items()
        if parameter.default is Parameter.empty
        and parameter.kind is not Parameter.VAR_KEYWORD
        and name != "by"
    }

    with pytest.raises(PermissionDenied, match="You may not"):
        action(**required, by=Anonymous())
