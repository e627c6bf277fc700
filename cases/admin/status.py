"""Dated steps of a case: added, never changed."""

# ruff: noqa: ARG002 - the signatures are Django's

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.roles import Act
from cases.actions import status
from cases.actions.recording import Conflict
from cases.admin.base import ActionAdmin
from cases.admin.columns import Column, day, state
from cases.admin.forms import ActionForm
from cases.admin.stale import Difference, in_words
from cases.admin.widgets import TermsSelect, badge, meanings
from cases.models import Individual, StatusEvent
from cases.rules.status import MACHINES, STEPS, TERMS
from cases.vocabulary.status import Axis, ReturnStatus, WorkStatus

_ALL = [
    (gettext_lazy("The way home"), ReturnStatus.choices),
    (gettext_lazy("The work on the case"), WorkStatus.choices),
]
_SEEN = r"\A[0-9a-f-]{36}:[0-9]{1,9}\Z"


class StatusEventForm(ActionForm):
    to_status = forms.ChoiceField(label=gettext_lazy("New status"), choices=_ALL)
    seen = forms.RegexField(
        _SEEN,
        required=False,
        widget=forms.HiddenInput,
        help_text="Whose case was open when the form was, and at which version.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "to_status" in self.fields:
            self._offer_open_steps()
        person = None if self.is_bound else self._person()
        if person is not None:
            self.initial["seen"] = f"{person.pk}:{person.version}"

    def overtake(self, conflict: Conflict) -> None:
        """Show where the case stands now; a step is then taken from there."""
        super().overtake(conflict)
        person = self.overtaken = Individual.objects.get(pk=conflict.record.pk)
        field = MACHINES[Axis(self.cleaned_data["axis"])].column
        asked: Any = self.cleaned_data["to_status"]
        mine, theirs = (in_words(person, field, value) for value in (asked, getattr(person, field)))
        self.differences = (Difference("to_status", _("Status"), mine, theirs, is_untouched=False),)
        self.renew("seen", f"{person.pk}:{person.version}")

    def _offer_open_steps(self) -> None:
        """Offer only what is open for the case given; the action refuses the rest anyhow."""
        field: Any = self.fields["to_status"]
        given = self._given("axis")
        axis = Axis(given) if given in Axis.values else Axis.RETURN
        terms: Any = TERMS[axis]
        field.help_text = meanings(terms, _("The status that the case moves to."))
        person = self._person()
        if person is not None:
            is_correction = bool(self._given("corrects"))
            steps = STEPS[axis][getattr(person, MACHINES[axis].column)]
            offered = [c for c in terms.choices if is_correction or c[0] in steps]
            field.widget = TermsSelect(terms, choices=offered)

    def _given(self, name: str) -> Any:
        return self.data.get(name) or self.initial.get(name)

    def _person(self) -> Any:
        try:
            return self.fields["individual"].clean(self._given("individual"))
        except ValidationError:
            return None


def label_of(event: Any) -> Any:
    """Show the status that an event led to."""
    return badge(str(TERMS[Axis(event.axis)](event.to_status).label))


class Reached(admin.SimpleListFilter):
    """Offers the statuses there are; Django would look through all events for those in use."""

    title = gettext_lazy("status")
    parameter_name = "to_status"
    needs = ("to_status",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*ReturnStatus.choices, *WorkStatus.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(to_status=self.value()) if self.value() else queryset


class StepAdmin(ActionAdmin[Any]):
    """What recording a step and proposing one have in common."""

    read_act = Act.READ_CASES
    keep_act = Act.RECORD_STATUS
    add_form = StatusEventForm
    parent = "individual"

    def arguments(self, given: Any) -> dict[str, Any]:
        """Compare with the version that was open, where it was this person's."""
        fields = dict(given)
        pk, _, version = fields.pop("seen").partition(":")
        is_same = pk == str(fields["individual"].pk)
        return {**fields, "version": int(version) if is_same else None}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("from_status", "to_status")


@admin.register(StatusEvent)
class StatusEventAdmin(StepAdmin):
    add_action = staticmethod(status.record)
    list_display = (
        "individual",
        state("axis", gettext_lazy("axis")),
        Column("status", gettext_lazy("status"), label_of, order="to_status", needs=("to_status",)),
        day("occurred", gettext_lazy("occurred")),
        "statement",
        "recorded_at",
    )
    list_filter = ("axis", Reached)
    linked = ("individual",)
    search_fields = ("individual__case_number",)
    ordering = ("-updated_at", "id")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("individual", "axis", "from_status", "to_status")}),
        (
            gettext_lazy("When and where"),
            {"fields": ("occurred_edtf", "occurred_as_stated", "place")},
        ),
        (gettext_lazy("On whose word"), {"fields": ("statement", "observation", "corrects")}),
    )
    add_fieldsets = (
        (None, {"fields": ("individual", "axis", "to_status")}),
        *fieldsets[1:],
    )
