"""Fields of add forms that choose records of another model, through the gate."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models

from cases.filters import values

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class _Ids:
    """Looks up none but ids: Django's own fails where a form is shown again with nonsense in it."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [given for given in value if _is_id(given)], attrs)  # type: ignore[misc]


class OneOfMany(_Ids, AutocompleteSelect):
    """A record found by typing."""


class SomeOfMany(_Ids, AutocompleteSelectMultiple):
    """Records found by typing."""


def _is_id(given: str) -> bool:
    try:
        values.key(given)
    except ValidationError:
        return False
    return True


class _Gated:
    """Reads its choices when the form is made: at import nobody acts."""

    related: type[models.Model]

    def __deepcopy__(self, memo: Any) -> Any:
        copy = super().__deepcopy__(memo)  # type: ignore[misc]
        above: Any = admin.site.get_model_admin(self.related)
        copy.queryset = above.described(self.related._default_manager.all())
        copy.label_from_instance = above.describe
        return copy


class Chooser(_Gated, forms.ModelChoiceField):  # type: ignore[type-arg]
    """Chooses one record; looks up as the foreign key ``of`` does."""

    def __init__(
        self, of: Any, label: "StrOrPromise", help_text: "StrOrPromise", **kwargs: Any
    ) -> None:
        self.related = of.field.related_model
        widget = OneOfMany(of.field, admin.site)
        kwargs.setdefault("required", False)
        super().__init__(None, widget=widget, label=label, help_text=help_text, **kwargs)


class ManyChooser(_Gated, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Chooses any number of records."""

    def __init__(self, of: Any, label: "StrOrPromise", help_text: "StrOrPromise") -> None:
        self.related = of.field.related_model
        widget = SomeOfMany(of.field, admin.site)
        super().__init__(None, widget=widget, label=label, help_text=help_text, required=False)
