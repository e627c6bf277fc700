"""A name in one language and script, sought by its folded key."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models

from cases.access.sensitivity import OPEN, Classes
from cases.models.base import SHORT, Record
from cases.rules.names import search_key
from cases.vocabulary.places import NameKind

language_tag = RegexValidator(
    r"\A[a-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z",
    "Write a BCP 47 tag, such as ru-Cyrl, uk-Cyrl or en-Latn.",
    code="language_tag",
)


class SearchKeyField(models.CharField[str, str]):
    """The folded form of another field; follows it on every save."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.update(max_length=2 * SHORT, blank=True, default="", editable=False, db_index=True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        for implied in ("max_length", "blank", "default", "editable", "db_index"):
            kwargs.pop(implied, None)
        return name, path, [self.of], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        key = search_key(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class LanguageName(Record):
    """A name of a place, body or official."""

    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "text": OPEN,
        "language_tag": OPEN,
        "kind": OPEN,
        "search_key": OPEN,
    }

    text = models.CharField("name", max_length=SHORT)
    language_tag = models.CharField(
        max_length=35,
        validators=[language_tag],
        help_text="Language and script, such as ru-Cyrl or en-Latn.",
    )
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.VARIANT)
    search_key = SearchKeyField("text")

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text
