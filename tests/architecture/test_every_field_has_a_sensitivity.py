"""Every field says what harm it can do; the sentence that fails names the line to paste."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import models

from cases.access.scope import SHARED
from cases.access.sensitivity import OPEN
from cases.models import Note
from cases.models.checks import check_models, faults
from cases.models.gate import GateManager

MODELS = list(apps.get_app_config("cases").get_models())


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_guarded(model):
    assert [f"{fault.msg} {fault.hint}" for fault in faults([model])] == []


def planted(**changes):
    """A copy of a guarded model with one thing changed."""
    fields = {field.name for field in Note._meta.concrete_fields}
    fault_free = {
        "SCOPE": SHARED,
        "SENSITIVITY": dict.fromkeys(fields, OPEN),
        "_default_manager": GateManager(),
        "_base_manager": GateManager(),
        "_meta": Note._meta,
    }
    return SimpleNamespace(**{**fault_free, **changes})


def ids_of(model):
    return [fault.id for fault in faults([model])]


def test_a_guarded_model_has_no_fault():
    assert ids_of(planted()) == []


def test_a_model_without_scope_is_a_fault():
    assert ids_of(planted(SCOPE=None)) == ["cases.E001"]


@pytest.mark.parametrize("manager", ["_default_manager", "_base_manager"])
def test_a_manager_past_the_gate_is_a_fault(manager):
    assert ids_of(planted(**{manager: models.Manager()})) == ["cases.E002"]


def test_a_field_without_class_is_a_fault_with_the_line_to_paste():
    classes = {name: harm for name, harm in planted().SENSITIVITY.items() if name != "text"}

    (fault,) = faults([planted(SENSITIVITY=classes)])

    assert (fault.id, fault.msg) == ("cases.E003", "The field text has no class of harm.")
    assert '"text": PROTECTED,' in str(fault.hint)


def test_a_stale_name_is_a_fault():
    classes = {**planted().SENSITIVITY, "nickname": OPEN}

    assert ids_of(planted(SENSITIVITY=classes)) == ["cases.E004"]


def test_a_class_that_is_none_of_ours_is_a_fault():
    classes = {**planted().SENSITIVITY, "text": "secret"}

    assert ids_of(planted(SENSITIVITY=classes)) == ["cases.E005"]


def test_the_checks_stop_the_server(monkeypatch):
    call_command("check")
    monkeypatch.delitem(Note.SENSITIVITY, "text")

    with pytest.raises(SystemCheckError, match="The field text has no class of harm"):
        call_command("check")


def test_other_applications_are_left_alone():
    assert check_models(app_configs=[apps.get_app_config("sessions")]) == []
