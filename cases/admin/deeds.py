"""Acts on one record that are not edits of a field: each asks, then calls its action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.forms.models import fields_for_model

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin.forms import CARRIED, DeedForm
from cases.admin.links import deed_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def always_open(_record: Any) -> str:
    """Close nothing."""
    return ""


@dataclass(frozen=True)
class Deed:
    """One act: its button, its question, the fields it asks for, the action it calls."""

    name: str
    label: "StrOrPromise"
    intro: "StrOrPromise"
    act: Act
    do: Callable[..., Any]
    form: type[DeedForm] = DeedForm
    source: type[models.Model] | None = None
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    takes_over: bool = False
    """Whether the fields begin with the record's own values."""
    side: str = "organisation_id"
    """The column that names the organisation whose staff take the act."""
    closed: Callable[[Any], str] = field(default=always_open)
    """Says why the act is closed for a record; nothing where it is open."""


@dataclass(frozen=True)
class Button:
    """A deed as offered on a page: a link, or greyed with the reason."""

    label: "StrOrPromise"
    url: str
    reason: str = ""


def buttons(deeds: tuple[Deed, ...], record: models.Model) -> list[Button]:
    """Offer the acts that the actor may take on a record."""
    offered = [deed for deed in deeds if may(deed, record)]
    return [Button(deed.label, deed_of(record, deed.name), deed.closed(record)) for deed in offered]


def may(deed: Deed, record: models.Model) -> bool:
    """Say whether whoever acts may take the act: as a rule on their own organisation's record."""
    actor = current_actor()
    owner = getattr(record, deed.side, None)
    return can(actor, deed.act) and owner == actor.organisation_id


def form_for(
    deed: Deed, record: models.Model, callback: Callable[..., forms.Field | None]
) -> type[DeedForm]:
    """Build the form of a deed: its own fields, and those it borrows from a model."""
    borrowed: dict[str, Any] = {}
    if deed.source is not None:
        made = fields_for_model(deed.source, fields=deed.fields, formfield_callback=callback)
        borrowed = {name: made[name] for name in deed.fields if made.get(name)}
    for name in deed.required:
        borrowed[name].required = True
    form: Any = forms.forms.DeclarativeFieldsMetaclass("Asked", (deed.form,), borrowed)
    form.perform = partial(_perform, deed, record)
    form.model = deed.source or type(record)
    form.record = record
    form.address = f"{record._meta.label} {record.pk}: {deed.name}"
    asked: type[DeedForm] = form
    return asked


def _perform(deed: Deed, record: models.Model, form: DeedForm) -> Any:
    fresh = type(record)._default_manager.get(pk=record.pk)
    given = {name: value for name, value in form.cleaned_data.items() if name not in CARRIED}
    return deed.do(fresh, by=current_actor(), version=form.cleaned_data["version"], **given)


def initial_of(deed: Deed, record: Any) -> dict[str, Any]:
    """Begin the form with the record's version and, where it takes over, its values."""
    values = {name: getattr(record, name) for name in deed.fields} if deed.takes_over else {}
    return {**values, "version": getattr(record, "version", 1)}
