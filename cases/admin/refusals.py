"""An action's refusal becomes sentences beside the fields of the form it came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction

from cases.actions.recording import Conflict

CLASH = "Another record stands in the way of this one. Check names, codes and addresses."


@dataclass(frozen=True)
class Difference:
    """One field of a stale form: what the user typed, and what somebody else saved."""

    label: str
    mine: str
    theirs: str


class ActionMixin(forms.BaseForm):
    """A form whose last step of validation is the action itself.

    Django saves a form after it has been found valid, when it is too late to put a refusal beside
    a field. Here the action runs inside `is_valid()`, in its own savepoint: a refusal undoes it
    and leaves the form as the user typed it.
    """

    perform: Callable[[Any], Any]
    outcome: Any = None
    differences: tuple[Difference, ...] = ()
    model: type[models.Model] | None = None

    def _post_clean(self) -> None:
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.outcome = self.perform(self)
        except Conflict as conflict:
            self.differences = tuple(_differences(self, conflict.record))
            self.add_error(None, ValidationError(str(conflict), code="stale"))
        except ValidationError as refusal:
            place(self, refusal)
        except PermissionDenied as refusal:
            self.add_error(None, str(refusal) or "You may not do this.")
        except IntegrityError:
            self.add_error(None, ValidationError(CLASH, code="clash"))


def place(form: ActionMixin, refusal: ValidationError) -> None:
    """Put each sentence beside its field, or above the form where it has none."""
    by_field = (
        refusal.error_dict.items()
        if hasattr(refusal, "error_dict")
        else [(NON_FIELD_ERRORS, refusal.error_list)]
    )
    for name, errors in by_field:
        for error in errors:
            for sentence in error.messages:
                field = name if name in form.fields else _field_of(form, sentence)
                form.add_error(field, ValidationError(sentence, code=error.code))


def _field_of(form: ActionMixin, sentence: str) -> str | None:
    """Find the field that a constraint's sentence is about: its last one in the form."""
    if form.model is None:
        return None
    for constraint in form.model._meta.constraints:
        if sentence == constraint.get_violation_error_message():
            named = [name for name in _fields_in(constraint) if name in form.fields]
            return named[-1] if named else None
    return None


def _fields_in(constraint: models.BaseConstraint) -> Iterator[str]:
    if isinstance(constraint, models.UniqueConstraint):
        yield from constraint.fields
        for expression in constraint.expressions:
            parts: Any = expression
            yield from (
                str(getattr(part, "name", ""))
                for part in parts.flatten()
                if isinstance(part, models.F)
            )
    elif isinstance(constraint, models.CheckConstraint):
        yield from _fields_of_condition(constraint.condition)


def _fields_of_condition(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield from _fields_of_condition(child)


def _differences(form: ActionMixin, record: models.Model) -> Iterator[Difference]:
    """Compare what the form holds with what stands now, field by field."""
    current = type(record)._default_manager.get(pk=record.pk)
    for name, field in form.fields.items():
        if name == "version" or not hasattr(current, name):
            continue
        mine, theirs = form.cleaned_data.get(name), getattr(current, name)
        if mine != theirs:
            label = str(field.label or name)
            yield Difference(label, in_words(current, name, mine), in_words(current, name, theirs))


def in_words(record: models.Model, name: str, value: Any) -> str:
    """Show a value as its label, or a dash."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels = dict(getattr(record._meta.get_field(name), "flatchoices", ()))
    return str(labels.get(value, value))
