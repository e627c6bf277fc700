"""Form fields as staff see them: terms with their definitions, dates with an example."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import (
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
    URLValidator,
)
from django.db import models
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from cases.admin.words import help_for
from cases.models.dates import PartialDateField
from cases.rules import texts
from cases.vocabulary.base import Terms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SAID_BY_MODEL = (MaxLengthValidator, ProhibitNullCharactersValidator, URLValidator)
DATE_EXAMPLE = gettext_lazy("2024-08-06, 2024-08 or 2024-08~")


class TermsSelect(forms.Select):
    """A list of terms; each option carries its definition."""

    def __init__(self, terms: type[Terms], *args: Any, **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(*args, **kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.terms.values:
            option["attrs"]["title"] = self.terms(value).definition
        return option


def terms_of(field: models.Field[Any, Any]) -> type[Terms] | None:
    """Find the vocabulary of a field by its choices: Django keeps the pairs only."""
    choices = list(field.choices or ())
    if not choices:
        return None
    return next((terms for terms in Terms.__subclasses__() if terms.choices == choices), None)


def _meanings(terms: type[Terms], intro: "StrOrPromise") -> SafeString:
    """Write the help of a list of terms: a sentence, and the definitions to unfold."""
    lines = format_html_join(
        "", "<dt>{}</dt><dd>{}</dd>", ((term.label, term.definition) for term in terms)
    )
    return format_html(
        '{} <details class="terms"><summary>{}</summary><dl>{}</dl></details>',
        intro,
        _("What the terms mean"),
        lines,
    )


meanings = lazy(_meanings, SafeString)
"""Write it when it is shown: a form names it once, for readers of any language."""


class PlainDigits(forms.Field):
    """Reads the digits 0 to 9 only; Python would take those of any script."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            texts.check_digits(value)
        return super().to_python(value)


class WholeNumberField(PlainDigits, forms.IntegerField):
    pass


class AmountField(PlainDigits, forms.DecimalField):
    pass


class DayField(PlainDigits, forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def leave_to_model(form_field: forms.CharField) -> None:
    """Let the model say what may stand in a text, so that it is said in one way at every door."""
    form_field.validators = [v for v in form_field.validators if not isinstance(v, _SAID_BY_MODEL)]


def dress(model_field: models.Field[Any, Any], form_field: forms.Field) -> None:
    """Give a form field its help, its definitions and its example."""
    if isinstance(form_field, forms.CharField):
        leave_to_model(form_field)
    if isinstance(model_field, PartialDateField):
        _dress_date(model_field, form_field)
        return
    intro = help_for(model_field.model, model_field.name, str(model_field.help_text))
    form_field.help_text = intro
    terms = terms_of(model_field)
    if terms is not None and isinstance(form_field, forms.ChoiceField):
        form_field.widget = TermsSelect(terms, choices=form_field.choices)
        form_field.help_text = meanings(terms, intro)


def _dress_date(model_field: PartialDateField, form_field: forms.Field) -> None:
    """Say what the date is of; what its field says itself are examples, which unfold."""
    intro = help_for(model_field.model, model_field.name, "")
    form_field.widget.attrs |= {"placeholder": DATE_EXAMPLE, "class": "partial-date"}
    form_field.help_text = format_html(
        '{} <details class="terms"><summary>{}</summary>{}</details>',
        intro or _("As exactly as it is known."),
        _("How to write it"),
        model_field.help_text,
    )


def badge(words: "StrOrPromise", tone: str = "plain") -> SafeString:
    """Show a state as a small label."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, words)


DASH = mark_safe("–")
