"""The form of one record: carries its version, and ends in an action."""

from typing import Any

from django import forms
from django.db import models

from cases.admin.refusals import ActionMixin

REOPEN = "This form has lost its version. Open it again and repeat your change."


class ActionForm(ActionMixin, forms.ModelForm[models.Model]):
    """Reads like Django's model form; writes through an action, never through the instance."""

    version = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": REOPEN, "invalid": REOPEN},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = self._meta.model
        if self.instance._state.adding:
            self.fields.pop("version", None)
        elif "version" in self.fields:
            self.initial["version"] = getattr(self.instance, "version", None)
            self.fields["version"].required = True

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

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": REOPEN, "invalid": REOPEN},
    )
