"""An action's refusal becomes sentences beside the fields of the form it came from."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.idempotency import InProgress, KeyReused
from cases.actions.recording import Conflict
from cases.actions.refusals import OWN_APPROVAL
from cases.admin import attempts, idempotency, stale
from cases.models import clashes
from cases.vocabulary.audit import Refusal

_UNDER_WAY = gettext_lazy(
    "This form is being saved already. Wait a moment, then look whether it is there."
)


class ActionMixin(forms.BaseForm):
    """A form whose last step of validation is the action itself.

    Django saves a form after it has been found valid, when it is too late to put a refusal beside
    a field. Here the action runs inside `is_valid()`, in its own savepoint: a refusal undoes it
    and leaves the form as the user typed it.
    """

    perform: Callable[[Any], Any]
    outcome: Any = None
    model: type[models.Model] | None = None
    address: str = ""
    """What the form is for, so that its one-time key is good for nothing else."""
    overtaken: models.Model | None = None
    """The record as somebody else has saved it meanwhile."""
    differences: tuple[stale.Difference, ...] = ()

    @property
    def subject(self) -> models.Model | None:
        """The record that the form changes; none where it adds one."""
        return None

    def _post_clean(self) -> None:
        if idempotency.FIELD in self.errors:
            self.renew(idempotency.FIELD, idempotency.new_key())
        if self.errors:
            if unseen := list(_links_to_nothing(self)):
                attempts.remember(Refusal.NOT_FOUND, unseen)
            return
        try:
            self._act()
        except Conflict as conflict:
            self.overtake(conflict)
        except ValidationError as refusal:
            _remember_own_approval(refusal)
            place(self, refusal)
        except PermissionDenied as refusal:
            attempts.remember(Refusal.NOT_ALLOWED)
            self.add_error(None, str(refusal) or _("You may not do this."))
        except IntegrityError as fault:
            self.add_error(None, ValidationError(clashes.sentence_of(fault), code="clash"))

    def _act(self) -> None:
        key = self.cleaned_data.pop(idempotency.FIELD, None)
        try:
            with transaction.atomic():
                self.outcome = idempotency.once(self, key) if key else self.perform(self)
        except KeyReused:
            self.renew(idempotency.FIELD, idempotency.new_key())
            raise ValidationError(idempotency.REUSED, code="reused") from None
        except InProgress:
            raise ValidationError(_UNDER_WAY, code="under_way") from None

    def overtake(self, conflict: Conflict) -> None:
        """Show what somebody else has saved, and let the user save again over that."""
        self.add_error(None, ValidationError(str(conflict), code="stale"))
        current = self.as_it_stands()
        if current is not None:
            self.overtaken = current
            self.differences = tuple(stale.differences(self, current))
            stale.refill(self, current, self.differences)

    def as_it_stands(self) -> models.Model | None:
        """Read the record again that the form changes."""
        if self.subject is None:
            return None
        return type(self.subject)._default_manager.filter(pk=self.subject.pk).first()

    def renew(self, name: str, value: Any) -> None:
        """Give a hidden field another value when the form is shown again."""
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix(name)] = value
        self.data = data


def _links_to_nothing(form: forms.BaseForm) -> Iterator[str]:
    """Name the links to a row that is not there, or that whoever acts may not see."""
    for name, errors in form.errors.as_data().items():
        is_link = isinstance(form.fields.get(name), forms.ModelChoiceField)
        if is_link and any(error.code == "invalid_choice" for error in errors):
            yield name


def _remember_own_approval(refusal: ValidationError) -> None:
    """Keep, for the trail, that somebody was to be their own second person."""
    by_field = getattr(refusal, "error_dict", {})
    own = [name for name in by_field if any(e.code in OWN_APPROVAL for e in by_field[name])]
    if own:
        attempts.remember(Refusal.SECOND_PERSON, own)


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
