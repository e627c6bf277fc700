"""One row of each model, and the add form that would make it."""

from typing import Any

from django.contrib import admin
from django.forms.models import ModelMultipleChoiceField

from cases import models as m
from cases.access.gate import System, acting_as
from cases.vocabulary.counts import DiscrepancyState
from tests import factories

f: Any = factories  # a factory's call gives a row, which its own types do not say

FACTORIES: dict[type, Any] = {
    getattr(m, name.removesuffix("Factory")): getattr(f, name)
    for name in f.__all__
    if name.endswith("Factory") and hasattr(m, name.removesuffix("Factory"))
}
ADMINS = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label == "cases"
}
SHOWN_WHEN_ADDED = {m.Webhook}
"""What answers with a page of its own, once: tests/webhooks."""
ADDABLE = sorted(
    (
        model
        for model, a in ADMINS.items()
        if getattr(a, "add_action", None) and model not in SHOWN_WHEN_ADDED
    ),
    key=lambda model: model.__name__,
)
AMENDABLE = sorted(
    (model for model, a in ADMINS.items() if getattr(a, "amend_action", None)),
    key=lambda model: model.__name__,
)
ADMINISTERED = {m.User, m.Organisation}


def url(model: Any, kind: str = "changelist", pk: Any = None) -> str:
    base = f"/admin/cases/{model._meta.model_name}/"
    return {
        "changelist": base,
        "add": f"{base}add/",
        "change": f"{base}{pk}/change/",
        "page": f"{base}{pk}/",
    }[kind]


def made(model: type, **fields: Any) -> Any:
    """Make a row that the admin could have made."""
    return FACTORIES[model](**fields)


def posted(form: Any) -> dict[str, Any]:
    """Give what a browser would send for an untouched form."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value is None or value is False:
            continue
        if isinstance(field, ModelMultipleChoiceField):
            value = list(value)
        data[name] = value
    return data


def wanted(row: Any, form: Any) -> dict[str, Any]:
    """Give what somebody would enter to make ``row``, and take the row away again."""
    data = posted(form)
    with acting_as(System("tests")):
        for name in form.fields:
            value = getattr(row, name, None) if name != "names" else None
            if value not in {None, "", False} and not hasattr(value, "all"):
                data[name] = getattr(value, "pk", value)
    return data | extras(type(row), row)


def extras(model: type, row: Any) -> dict[str, Any]:
    """Fill the fields that only an add form has."""
    if model is m.Individual:
        return {"name": "Дарья", "name_language": "ru-Cyrl"}
    if model is m.Organisation:
        return {"key": "another", "name": "Another"}
    if model is m.User:
        return {"password": f.PASSWORD, "email": "new@example.org"}
    if model is m.StatusEvent:
        return {"to_status": "located_held", "observation": "Seen.", "axis": "return"}
    if model is m.Discrepancy:
        sides = [f.StatementFactory(organisation=row.organisation) for _ in range(2)]
        return {
            "first_statement": sides[0].pk,
            "first_version": "one",
            "second_statement": sides[1].pk,
            "second_version": "two",
            "state": DiscrepancyState.OPEN,
        }
    return {}
