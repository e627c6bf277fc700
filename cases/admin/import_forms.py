"""The form that takes a file in; its last step of validation is the action itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from cases.access.gate import can, current_actor
from cases.actions import imports
from cases.admin.idempotency import KeyField
from cases.admin.refusals import ActionMixin, place
from cases.exchange import imports as files
from cases.models import ImportRun
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
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xml,.pfif"}),
        help_text=gettext_lazy(
            "CSV or XLSX with headers in the first line, or PFIF; at most 50 MB. It is kept "
            "locked, and deleted when the import is over, or after 7 days."
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
