"""Every column holds what `rules/texts.py` allows, and no more than its size."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from cases.models.dates import PartialDateField
from cases.rules import texts

CODES = frozenset(
    {
        "archived_sha256", "case_number", "code", "currency", "iso_3166_1", "iso_3166_2", "key",
        "language_tag", "national_code", "p_code", "reference",
    }
)  # fmt: skip
"""Columns, by name in any model, whose text is compared sign by sign."""
LARGEST = {models.PositiveSmallIntegerField: 32_767, models.PositiveIntegerField: 2_147_483_647}
"""What a whole-number column holds on PostgreSQL; SQLite would take more."""

for _kind in (models.CharField, models.TextField):
    _kind.register_lookup(Length)


def tidy(record: models.Model, field: Any) -> None:
    """Bring one column of a record into its one form.

    :raises ValidationError: with the sentence for what cannot stand there.
    """
    value = getattr(record, field.attname)
    if not isinstance(value, str):
        _check_number(field, value)
    elif is_text(field):
        setattr(record, field.attname, _tidied(field, value))
    else:
        texts.check_digits(value)


def _tidied(field: Any, value: str) -> str:
    if field.choices or isinstance(field, PartialDateField):
        return value  # one of a few, or in a form of its own: what else it holds is refused there
    text = texts.normal(value, is_long=isinstance(field, models.TextField))
    if field.max_length is not None:
        texts.check_length(text, field.max_length)
    if field.name in CODES or isinstance(field, models.SlugField):
        texts.check_code(text)
    if text and isinstance(field, models.URLField):
        texts.check_address(text)
    return text


def _check_number(field: Any, value: Any) -> None:
    largest = _largest(field)
    if largest is not None and isinstance(value, int) and value > largest:
        message = _("This number is too large. It may be %(largest)s at most.") % {
            "largest": largest
        }
        raise ValidationError(message, code="max_value")


def _largest(field: Any) -> int | None:
    return next((most for kind, most in LARGEST.items() if isinstance(field, kind)), None)


def is_text(field: Any) -> bool:
    """Say whether a column holds words."""
    return isinstance(field, models.CharField | models.TextField)


class Fits(models.CheckConstraint):
    """Holds a table to the sizes of its columns: SQLite ignores `varchar(n)` and 32 bits."""

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Leave it to :func:`tidy`: asking the database as well would cost a query a write."""


def hold_to_sizes(model: type[models.Model]) -> None:
    """Add the constraint to a model whose fields are all there."""
    bounds = {} if model._meta.proxy else dict(_bounds(model))
    if bounds:
        made = Fits(
            condition=Q(**bounds),
            name=f"{model._meta.model_name}_values_fit",
            violation_error_message="A value is larger than its column.",
        )
        options: Any = model._meta
        options.constraints = [*options.constraints, made]
        options.original_attrs["constraints"] = options.constraints  # what migrations look at


def _bounds(model: type[models.Model]) -> Iterator[tuple[str, int]]:
    for field in model._meta.local_concrete_fields:
        largest = _largest(field)
        if largest is not None:
            yield f"{field.name}__lte", largest
        elif is_text(field) and field.max_length and not field.choices:
            yield f"{field.name}__length__lte", field.max_length
