"""Every text column of every model: what nobody can see is refused, what can be is kept as NFC."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from cases.models.base import Versioned
from cases.models.dates import PartialDateField
from cases.models.texts import CODES, Fits, is_text
from tests.architecture.test_every_model_has_a_factory import FACTORIES

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for model in apps.get_app_config("cases").get_models()
    if issubclass(model, Versioned) and not model._meta.proxy
]
COLUMNS: list[Any] = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in MODELS
    for field in model._meta.concrete_fields
    if is_text(field) and field.name not in {"password", "search_key"}
]
BAD = ["\x00", "\x1b[31m", "a\u202eb", "a\u200bb", "\ud800", "a" + "\u0335" * 7, "\ufffd"]


def said_of(row, name):
    try:
        row.clean_fields()
    except ValidationError as refusal:
        return " ".join(refusal.message_dict.get(name, []))
    return ""


@pytest.mark.parametrize(("model", "field"), COLUMNS)
def test_no_column_takes_what_nobody_can_see(model, field):
    row = FACTORIES[model].build() if field.editable else FACTORIES[model]()
    is_listed = bool(field.choices)

    for bad in BAD:
        setattr(row, field.attname, bad)
        if not (is_listed and not field.editable):
            assert said_of(row, field.name), (field.name, bad)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        case
        for case in COLUMNS
        if not case.values[1].choices
        and not case.values[1].validators[1:]
        and not isinstance(case.values[1], PartialDateField | models.URLField | models.EmailField)
        and case.values[1].max_length >= 5
    ],
)
def test_every_column_is_kept_composed(model, field):
    row = FACTORIES[model].build()
    setattr(row, field.attname, "cafe\u0301")

    said_of(row, field.name)

    assert getattr(row, field.attname) == "café"


def test_every_model_is_held_to_its_sizes():
    assert [
        model
        for model in MODELS
        if not any(isinstance(held, Fits) for held in model._meta.constraints)
    ] == []


def test_every_code_is_a_column():
    names = {field.name for model in MODELS for field in model._meta.concrete_fields}

    assert names >= CODES


def test_a_number_in_another_script_is_refused():
    place = next(
        factory for model, factory in FACTORIES.items() if model.__name__ == "Place"
    ).build()
    place.latitude = "٥٠"

    assert "0 to 9" in said_of(place, "latitude")
