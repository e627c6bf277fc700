"""The forms of files in. Each one's last step of validation is the action itself."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import can, current_actor
from cases.actions import imports
from cases.admin.idempotency import KeyField
from cases.admin.import_words import label_of
from cases.admin.refusals import ActionMixin, place
from cases.exchange import imports as files
from cases.models import ImportRun
from cases.rules.imports import BARRED
from cases.vocabulary.imports import ImportKind, ImportMode


class UploadForm(ActionMixin, forms.Form):
    """Takes a file, looked through outside the transaction."""

    address = "file in"
    once = KeyField()
    kind = forms.ChoiceField(
        label=gettext_lazy("What its rows are"), help_text=gettext_lazy("One row, one record.")
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX, at most 50 MB, with headers in the first line. It is kept locked, and "
            "deleted when the import is over, or after 7 days."
        ),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("If a row is bad"),
        initial=ImportMode.EACH,
        choices=ImportMode.choices,
        help_text=gettext_lazy(
            "Row by row: good rows are added, bad ones are listed. All or nothing: one bad row, "
            "and nothing is added."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        allowed = (k for k in ImportKind if can(current_actor(), imports.NEEDED[k]))
        kinds.choices = [(kind.value, kind.label) for kind in allowed]

    def _post_clean(self) -> None:
        if self.errors:
            super()._post_clean()
            return
        file = self.cleaned_data.pop("file")
        given = {name: self.cleaned_data[name] for name in ("kind", "mode")}
        file.seek(0)  # a busy database has the form tried again
        try:
            with files.taken(file.read(), by=current_actor(), **given) as upload:
                self.upload, self.name = upload, files.title(file.name)
                super()._post_clean()
        except ValidationError as refusal:
            is_placed = hasattr(refusal, "error_dict")
            place(self, refusal if is_placed else ValidationError({"file": refusal}))

    def perform(self, form: Any) -> ImportRun:
        return imports.take_in(
            by=current_actor(),
            upload=self.upload.file,
            file_name=self.name,
            mapping=self.upload.mapping,
            is_certain=self.upload.is_certain,
            kind=form.cleaned_data["kind"],
            mode=form.cleaned_data["mode"],
        )


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
