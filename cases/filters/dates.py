"""Bounds on days and moments, and on partial dates."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Q

from cases.filters import values
from cases.filters.base import Narrowing, Rows


class Moment(Narrowing):
    """A bound on a moment of the database's."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "date-time"}

    def __init__(self, field_name: str, lookup_expr: str, saying: str) -> None:
        self.saying = saying
        super().__init__(field_name, lookup_expr=lookup_expr, reads=values.moment)


class Day(Narrowing):
    """A bound on a plain day."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def __init__(self, field_name: str, lookup_expr: str, saying: str) -> None:
        self.saying = saying
        super().__init__(field_name, lookup_expr=lookup_expr, reads=values.day)


class MayBeAfter(Narrowing):
    """A partial date that may lie on a day or after it."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}
    saying = "Only those whose date “{field}” may lie on this day or after it."
    bound, lookup = "latest", "gte"

    def __init__(self, stem: str, **kwargs: Any) -> None:
        self.stem = stem
        super().__init__(f"{stem}_edtf", reads=values.day, **kwargs)

    def said_of(self, _name: str) -> str:
        return self.saying.format(field=self.stem.replace("_", " "))

    def filter(self, qs: Rows, value: date | None) -> Rows:
        if value is None:
            return qs
        column = f"{self.stem}_{self.bound}"
        reaches = Q(**{f"{column}__{self.lookup}": value}) | Q(**{f"{column}__isnull": True})
        return qs.filter(reaches).exclude(**{self.field_name: ""})


class MayBeBefore(MayBeAfter):
    """A partial date that may lie on a day or before it."""

    saying = "Only those whose date “{field}” may lie on this day or before it."
    bound, lookup = "earliest", "lte"
