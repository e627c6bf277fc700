"""The forms by which an uploaded file goes on: its columns matched, checked, added, stopped."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cases.access.gate import current_actor
from cases.actions import imports
from cases.admin.idempotency import KeyField
from cases.admin.import_words import label_of
from cases.admin.refusals import ActionMixin
from cases.exchange import imports as files
from cases.models import ImportRun
from cases.rules.imports import BARRED


def matching(run: ImportRun) -> type[Any]:
    """Build the form that asks of each column what it holds."""
    columns, mapping = files.columns_in(run), files.mapping_in(run)
    known = files.fields_of(run.kind)
    named = sorted((label_of(run.kind, name), name) for name in known)
    choices = [
        ("", _("leave out")),
        (BARRED, label_of(run.kind, BARRED)),
        *((name, label) for label, name in named),
    ]
    fields = {
        f"column_{number}": forms.ChoiceField(
            label=header or _("column %(number)s, no header") % {"number": number + 1},
            choices=choices,
            required=False,
            initial=mapping[number] if number < len(mapping) else "",
        )
        for number, header in enumerate(columns)
    }
    return type("MatchingForm", (_Matching,), {**fields, "run": run, "address": f"import {run.pk}"})


class _Matching(ActionMixin, forms.Form):
    run: ImportRun
    once = KeyField()

    def perform(self, form: Any) -> ImportRun:
        mapping = list(self._mapping(form.cleaned_data))
        return files.match(self.run, by=current_actor(), version=None, mapping=mapping)

    def _mapping(self, given: dict[str, str]) -> Iterator[str]:
        for number in range(len(files.columns_in(self.run))):
            yield given.get(f"column_{number}", "")


class BeginForm(ActionMixin, forms.Form):
    """Has the file checked, or its rows added."""

    once = KeyField()

    def __init__(self, run: ImportRun, *args: Any, is_dry: bool = False) -> None:
        super().__init__(*args)
        self.run, self.is_dry = run, is_dry
        self.address = f"import {run.pk} {'check' if is_dry else 'run'}"

    def perform(self, _form: Any) -> ImportRun:
        return imports.begin(self.run, by=current_actor(), version=None, is_dry=self.is_dry)


class StopForm(ActionMixin, forms.Form):
    """Ends an import and deletes its file."""

    once = KeyField()

    def __init__(self, run: ImportRun, *args: Any) -> None:
        super().__init__(*args)
        self.run, self.address = run, f"import {run.pk} stop"

    def perform(self, _form: Any) -> ImportRun:
        return imports.stop(self.run, by=current_actor())
