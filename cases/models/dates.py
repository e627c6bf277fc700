"""How a partial date is stored: as written, the days it implies, the source's words."""

from datetime import date
from typing import Any

from django.db import models

from cases.rules import dates

_SUFFIX = "_edtf"


class PartialDateField(models.CharField[str, str]):
    """EDTF text under ``<name>_edtf``.

    Brings ``<name>_earliest`` and ``<name>_latest`` (days, computed on save) and
    ``<name>_as_stated`` (the source's own words) to its model.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs["max_length"] = dates.MAX_LENGTH
        kwargs.setdefault("help_text", f"For example {dates.EXAMPLES}.")
        super().__init__(*args, **kwargs)
        self.validators.append(dates.check)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.strip() if isinstance(text, str) else text

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any) -> None:
        super().contribute_to_class(cls, name, *args)
        # In a migration's state the companions are listed by themselves already.
        if cls.__module__ == "__fake__" or cls._meta.abstract:
            return
        stem = name.removesuffix(_SUFFIX)
        words = str(self.verbose_name)
        for end, label in (("earliest", "earliest day"), ("latest", "latest day")):
            BoundField(name, end, f"{words}, {label}").contribute_to_class(cls, f"{stem}_{end}")
        stated = models.CharField(f"{words}, as stated", max_length=200, blank=True, default="")
        stated.help_text = "The source's own words for the date, such as “overnight”."
        stated.contribute_to_class(cls, f"{stem}_as_stated")


class BoundField(models.DateField[date | None, date | None]):
    """The first or last day that a partial date implies; follows the text on every save."""

    def __init__(self, of: str, end: str, verbose_name: str = "", **kwargs: Any) -> None:
        self.of, self.end = of, end
        kwargs.update(null=True, blank=True, editable=False, db_index=True)
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        for implied in ("null", "blank", "editable", "db_index"):
            kwargs.pop(implied, None)
        return name, path, [self.of, self.end], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        earliest, latest = dates.bounds(getattr(model_instance, self.of))
        day = earliest if self.end == "earliest" else latest
        setattr(model_instance, self.attname, day)
        return day
