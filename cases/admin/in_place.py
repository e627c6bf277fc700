"""Forms opened on the page of a record: the same forms and actions as on pages of their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cases.access.gate import current_actor
from cases.actions import reads
from cases.admin.deeds import form_for, initial_of, may

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASKED = "do"
"""The parameter of a page's address that opens a form on it."""


@dataclass(frozen=True)
class Opened:
    """A form that stands open on a page, as it was asked for or as it was refused."""

    name: str
    title: "StrOrPromise"
    intro: "StrOrPromise"
    button: "StrOrPromise"
    form: Any
    media: Any
    fieldsets: Any = ()
    on: Any = None
    """The id of the row of the page that it is about; none where it is about the page itself."""
    closed: str = ""

    @property
    def is_done(self) -> bool:
        """Act, where the form was sent and nothing is wrong with it."""
        return bool(self.form.is_bound and self.form.is_valid())

    @property
    def outcome(self) -> Any:
        return self.form.outcome


def addition(
    request: HttpRequest,
    model: type[models.Model],
    *,
    name: str,
    title: str,
    given: Mapping[str, Any],
    hidden: Collection[str] = (),
    intro: str = "",
) -> Opened:
    """Open the form that adds a row of ``model``; what is ``given`` stands in it.

    ``hidden`` are fields that the page itself answers, or that belong on the form's own page.

    :raises PermissionDenied: for who may not add one.
    """
    model_admin: Any = admin.site.get_model_admin(model)
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form_class = model_admin.get_form(request, None, change=False)
    kept = {key: value for key, value in given.items() if value not in (None, "")}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_class(data, files, initial=kept)
    for field in hidden:
        if field in form.fields:
            form.fields[field].widget = forms.HiddenInput()
    fieldsets = _without(model_admin.get_fieldsets(request, None), form, hidden)
    shown = AdminForm(form, fieldsets, {}, (), model_admin=model_admin)
    media = model_admin.media + form.media
    return Opened(name, title, intro, _("Save"), form, media, shown)


def unsent(request: HttpRequest, record: models.Model, name: str) -> Any:
    """Make the form of an act that a button does, whatever else has been sent to the page."""
    return deed(request, record, name, is_sent=False).form


def deed(
    request: HttpRequest, record: models.Model, name: str, *, is_sent: bool | None = None
) -> Opened:
    """Open the form of an act on a record.

    :raises Http404: where its admin has no such act.
    :raises PermissionDenied: for who may not take it.
    """
    model_admin: Any = admin.site.get_model_admin(type(record))
    found = next((deed for deed in model_admin.deeds if deed.name == name), None)
    if found is None:
        raise Http404
    if not may(found, record):
        raise PermissionDenied
    callback = partial(model_admin.formfield_for_dbfield, request=request)
    form_class = form_for(found, record, callback)
    if found.takes_over:
        reads.note(record, by=current_actor())  # type: ignore[arg-type]
    is_sent = request.method == "POST" if is_sent is None else is_sent
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    form = form_class(data, files, initial=initial_of(found, record))
    return Opened(
        name,
        found.label,
        found.intro,
        found.label,
        form,
        model_admin.media + form.media,
        on=record.pk,
        closed=found.closed(record),
    )


def _without(fieldsets: Any, form: Any, hidden: Collection[str]) -> list[Any]:
    """Lay out the fields that are asked for."""
    kept = []
    for title, options in fieldsets:
        rows = [_asked(row, form, hidden) for row in options["fields"]]
        if rows := [row for row in rows if row]:
            kept.append((title, {**options, "fields": rows}))
    return kept


def _asked(row: Any, form: Any, hidden: Collection[str]) -> Any:
    names = (row,) if isinstance(row, str) else row
    asked = tuple(name for name in names if name in form.fields and name not in hidden)
    return asked[0] if len(asked) == 1 else asked
