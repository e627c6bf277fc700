"""What the acts on a tracing request, and on who it may be, ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from cases.admin.forms import DeedForm
from cases.admin.widgets import TermsSelect, meanings
from cases.models.base import LONG
from cases.rules.tracing import REQUEST
from cases.vocabulary.tracing import TracingOutcome, TracingState

LONGEST_REASON = 500
_STAYS: Any = gettext_lazy("What it rests on; stays on record.")


def _reason(most: int, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class MoveForm(DeedForm):
    to_state = forms.ChoiceField(
        label=gettext_lazy("New state"),
        choices=TracingState.choices,
        help_text=gettext_lazy("The state that the request moves to."),
    )
    reason = _reason(
        LONG, gettext_lazy("Needed where it goes back; stays on record."), required=False
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
    )
    duplicate_number = forms.CharField(
        label=gettext_lazy("Duplicate of"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("The number of the other request, of a duplicate."),
    )
    reason = _reason(LONG, _STAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].help_text = meanings(TracingOutcome, _("How it ended."))


class ForgetForm(DeedForm):
    number = forms.CharField(
        label=gettext_lazy("Number of the request"),
        max_length=20,
        help_text=gettext_lazy("Typed once more, so that it is this one that is meant."),
    )


class ReasonForm(DeedForm):
    reason = _reason(LONGEST_REASON, _STAYS)


class ConfirmForm(DeedForm):
    reason = _reason(LONGEST_REASON, _STAYS, required=False)
