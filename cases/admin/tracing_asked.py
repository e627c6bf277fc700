"""What the acts on a tracing request, and on who it may be, ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.admin.forms import DeedForm
from cases.admin.widgets import TermsSelect, meanings
from cases.models.base import LONG
from cases.rules.tracing import REQUEST
from cases.vocabulary.tracing import TracingOutcome, TracingState

LONGEST_REASON = 500
_AREA: Any = {"rows": 3}


class MoveForm(DeedForm):
    to_state = forms.ChoiceField(
        label=gettext_lazy("New state"),
        choices=TracingState.choices,
        help_text=gettext_lazy("The state that the request moves to."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs=_AREA),
        help_text=gettext_lazy("Needed where it goes back; stays on record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = getattr(self.record, "state", "")
        may = REQUEST.steps.get(now, frozenset()) - {TracingState.CLOSED}
        field: Any = self.fields["to_state"]
        field.widget.choices = [choice for choice in TracingState.choices if choice[0] in may]


class CloseForm(DeedForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=TracingOutcome.choices,
        widget=TermsSelect(TracingOutcome),
        help_text=meanings(TracingOutcome, gettext_lazy("How it ended.")),  # type: ignore[arg-type]
    )
    duplicate_number = forms.CharField(
        label=gettext_lazy("Duplicate of"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("The number of the other request, of a duplicate."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONG,
        widget=forms.Textarea(attrs=_AREA),
        help_text=gettext_lazy("What it rests on; stays on record."),
    )


class ForgetForm(DeedForm):
    number = forms.CharField(
        label=gettext_lazy("Number of the request"),
        max_length=20,
        help_text=gettext_lazy("Typed once more, so that it is this one that is meant."),
    )


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=_AREA),
        help_text=gettext_lazy("What it rests on; stays on record."),
    )


class ConfirmForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
