"""The forms by which a file is asked for, approved or declined."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.collections import NAMES, READ_BY
from cases.access.gate import can, current_actor
from cases.actions import exports
from cases.admin.idempotency import KeyField
from cases.admin.refusals import ActionMixin
from cases.exchange import sources
from cases.models import ExportRun
from cases.models.exports import LONGEST_REASON
from cases.vocabulary.exports import FileFormat

_MODELS = {name: model for model, name in NAMES.items()}


def title_of(run: ExportRun) -> str:
    """Name the list that a file is of, as far as whoever acts may read which it is."""
    if "collection" in run.unread_fields():
        return _("a list")
    return _label(run.collection)


def _label(collection: str) -> str:
    model = _MODELS.get(collection)
    if model is None:
        return collection
    return str(apps.get_model("cases", model)._meta.verbose_name_plural)


def _choices() -> list[tuple[str, str]]:
    actor = current_actor()
    lists = [name for model, name in NAMES.items() if can(actor, READ_BY[model])]
    named = sorted((capfirst(_label(name)), name) for name in lists)
    return [(name, label) for label, name in named]


class AskForm(ActionMixin, forms.Form):
    """Asks for a whole list; the API narrows one."""

    address = "file out"
    once = KeyField()
    collection = forms.ChoiceField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy("All of it that you may read. The API can narrow a list first."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=FileFormat.choices,
        initial=FileFormat.XLSX,
        help_text=gettext_lazy("A workbook also says what each column means."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("What it is for; whoever decides reads this."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["collection"]
        field.choices, field.initial = _choices(), "individuals"

    def perform(self, form: Any) -> ExportRun:
        given = form.cleaned_data
        try:
            sources.table_of(given["collection"], {})
        except (ValidationError, PermissionDenied) as refusal:
            words = " ".join(getattr(refusal, "messages", [str(refusal)]))
            raise ValidationError({"collection": ValidationError(words, code="list")}) from None
        return exports.ask(
            by=current_actor(),
            collection=given["collection"],
            format=FileFormat(given["format"]),
            reason=given["reason"],
        )


class _Decision(ActionMixin, forms.Form):
    once = KeyField()

    def __init__(self, run: ExportRun, *args: Any) -> None:
        super().__init__(*args)
        self.run, self.address = run, f"export {run.pk} {type(self).__name__}"


class ApproveForm(_Decision):
    """Lets a file be made."""

    def perform(self, _form: Any) -> ExportRun:
        return exports.approve(self.run, by=current_actor(), version=None)


class DeclineForm(_Decision):
    """Refuses a file."""

    reason = forms.CharField(
        label=gettext_lazy("Why there is to be no file"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Whoever asked reads this."),
    )

    def perform(self, form: Any) -> ExportRun:
        reason = form.cleaned_data["reason"]
        return exports.decline(self.run, by=current_actor(), version=None, reason=reason)
