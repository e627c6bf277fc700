"""Fields that take a value in one form only, and links that pass the gate."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import (
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
    URLValidator,
)
from django.db import models
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from cases.access.scope import Kind
from cases.api.errors import NO_SUCH_ROW
from cases.filters import values
from cases.models.gate import Gated
from cases.rules import texts
from cases.vocabulary.base import Terms

_SAID_BY_MODEL = (
    ProhibitNullCharactersValidator,
    ProhibitSurrogateCharactersValidator,
    URLValidator,
)
SMALLEST_COLUMN, USUAL_COLUMN = 32_767, 2_147_483_647


class TextField(serializers.CharField):
    """A JSON string; DRF's own takes numbers too. What may stand in it the model says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, _SAID_BY_MODEL)]
        for check in self.validators:
            if isinstance(check, MaxLengthValidator):
                check.message = texts.too_long(check.limit_value)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class AddressField(TextField, serializers.URLField):
    """An address of the web."""


class AmountField(serializers.DecimalField):
    """A number with decimals, as JSON writes it or as text with the digits 0 to 9."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool):
            self.fail("invalid")
        if isinstance(data, str):
            texts.check_digits(data)
        return super().to_internal_value(data)


class NumberField(serializers.IntegerField):
    """A JSON number; DRF's own takes strings too."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class TruthField(serializers.BooleanField):
    """`true` or `false`; DRF's own takes “yes”, 1 and others."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class DayField(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DD")
        return values.day(value)


class TermField(serializers.ChoiceField):
    """One of a vocabulary, which the schema names and defines."""

    def __init__(self, terms: type[Terms], **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(choices=terms.choices, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and (data in self.terms.values or not data):
            return super().to_internal_value(data)
        listed = ", ".join(self.terms.values)
        message = f"“{str(data)[: values.SHOWN]}” is not one of: {listed}."
        raise serializers.ValidationError(message, code="invalid_choice")


class LinkField(serializers.RelatedField[Any, Any, Any]):
    """The id of another row. An unseen row is null when read, and not found when written."""

    def __init__(self, *, to: type[Gated], **kwargs: Any) -> None:
        self.to = to
        if not kwargs.get("read_only"):
            kwargs["queryset"] = to._default_manager
        super().__init__(**kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Refuse the empty text; DRF takes it for null, and a form's slip would cut a tie."""
        if data == "":
            raise serializers.ValidationError(NO_SUCH_ROW, code="not_found")
        return super().run_validation(data)

    def use_pk_only_optimization(self) -> bool:
        """Read the id of a row that everybody may see from the column, any other from the row."""
        return self.to.SCOPE.kind is Kind.SHARED

    def to_representation(self, value: Any) -> Any:
        return str(value.pk)

    def to_internal_value(self, data: Any) -> models.Model:
        try:
            return self.to.objects.get(pk=values.key(data if isinstance(data, str) else ""))
        except (ObjectDoesNotExist, ValidationError):
            raise serializers.ValidationError(NO_SUCH_ROW, code="not_found") from None


class NestedField(LinkField):
    """A link that shows the other row when read; its id, or an object with it, is written."""

    def __init__(self, *, shown_by: type[serializers.BaseSerializer[Any]], **kwargs: Any) -> None:
        self.shown_by = shown_by
        super().__init__(**kwargs)

    def use_pk_only_optimization(self) -> bool:
        return False

    def to_representation(self, value: Any) -> Any:
        return self.shown_by(value, context=self.context).data

    def to_internal_value(self, data: Any) -> models.Model:
        return super().to_internal_value(data.get("id") if isinstance(data, Mapping) else data)


@cache
def vocabulary(field: "models.Field[Any, Any]") -> type[Terms] | None:
    """Find the vocabulary whose terms a column holds."""
    given = [tuple(choice) for choice in field.flatchoices]
    found = (terms for terms in Terms.__subclasses__() if list(terms.choices) == given)
    return next(found, None) if given else None


def largest(field: "models.Field[Any, Any]") -> int | None:
    """Give the most that a whole-number column holds on both databases."""
    if isinstance(field, models.PositiveSmallIntegerField):
        return SMALLEST_COLUMN
    return USUAL_COLUMN if isinstance(field, models.PositiveIntegerField) else None
