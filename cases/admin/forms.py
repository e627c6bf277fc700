"""The form of one record: carries its version, and ends in an action."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy

from cases.actions.recording import Conflict
from cases.admin import stale
from cases.admin.idempotency import FIELD, KeyField
from cases.admin.refusals import ActionMixin

REOPEN = gettext_lazy("This form has lost its version. Open it again and repeat your change.")
CARRIED = frozenset({"version", stale.READ, FIELD})
"""Hidden fields that a form carries for itself: no part of the record."""


class ActionForm(ActionMixin, forms.ModelForm[models.Model]):
    """Reads like Django's model form; writes through an action, never through the instance."""

    version = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": REOPEN, "invalid": REOPEN},
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10_000)
    once = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = self._meta.model
        self.address = f"{self.model._meta.label}: add"
        is_new = self.instance._state.adding
        for name in ("version", stale.READ) if is_new else (FIELD,):
            self.fields.pop(name, None)
        if "version" in self.fields:
            self.initial["version"] = getattr(self.instance, "version", None)
            self.fields["version"].required = True
        if stale.READ in self.fields:
            self.initial[stale.READ] = stale.digests(stale.values_of(self, self.instance))

    @property
    def subject(self) -> models.Model | None:
        return None if self.instance._state.adding else self.instance

    def overtake(self, conflict: Conflict) -> None:
        """Take a change that stands already for done: a form of changes was sent twice."""
        current = self.as_it_stands()
        if current is not None and not any(stale.differences(self, current)):
            self.outcome = current
        else:
            super().overtake(conflict)

    def save(self, commit: bool = True) -> models.Model:  # noqa: FBT001, FBT002 - Django's
        """Give what the action returned.

        :raises TypeError: always when asked to write: that is the action's part.
        """
        if commit:
            message = "An admin form writes through its action."
            raise TypeError(message)
        return self.outcome  # type: ignore[no-any-return]


class DeedForm(ActionMixin, forms.Form):
    """The form of one act on a record that exists."""

    record: ClassVar[models.Model | None] = None
    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": REOPEN, "invalid": REOPEN},
    )
    once = KeyField()

    @property
    def subject(self) -> models.Model | None:
        return self.record
