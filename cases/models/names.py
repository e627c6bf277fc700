"""Names in one language and script, and the index under which any spelling of them is found."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy

from cases.access.scope import FOUND_BY_NAME, SYSTEM, Scope
from cases.access.sensitivity import IDENTIFYING, OPEN, Classes
from cases.models.base import SHORT, Record
from cases.models.gate import Gated
from cases.rules.names.sounds import LONGEST_WORD, search_key
from cases.vocabulary.places import NameKind

language_tag = RegexValidator(
    r"\A[a-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z",
    gettext_lazy("Write a BCP 47 tag, such as ru-Cyrl, uk-Cyrl or en-Latn."),
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


LONGEST_KEY = 3 * LONGEST_WORD
"""Of a word folded: a letter becomes up to three."""


class NameToken(Gated):
    """A word that occurs in names, as it sounds; of whom, the index of people says.

    The dictionary is one for all organisations and tells of none of them, so no user reaches it:
    only the look-up does, and what it finds passes the gate as :class:`NamePair`.
    """

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {"id": OPEN, "text": IDENTIFYING}

    id = models.BigAutoField(primary_key=True)
    text = models.CharField(max_length=LONGEST_KEY, unique=True)

    class Meta(Gated.Meta):
        pass

    def __str__(self) -> str:
        return f"token {self.pk}"


class NameKey(Gated):
    """A key under which a word is found: itself less a letter or two, its sound, a given name."""

    SCOPE: ClassVar[Scope] = SYSTEM
    SENSITIVITY: ClassVar[Classes] = {"id": OPEN, "key": IDENTIFYING, "token": IDENTIFYING}

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=LONGEST_KEY)
    token = models.ForeignKey(NameToken, models.PROTECT, related_name="keys", db_index=False)

    class Meta(Gated.Meta):
        indexes = (
            models.Index(fields=["key", "token"], name="name_key_to_token"),
            models.Index(fields=["token"], name="name_key_of_token"),
        )

    def __str__(self) -> str:
        return f"key {self.pk}"


class NamePair(Gated):
    """Two words of one person's names, in either order: people are found by two words at once.

    A common family name and a common given name are borne by thousands; the two together by few.
    Where a person's names have one word only, it stands beside itself.
    """

    SCOPE: ClassVar[Scope] = FOUND_BY_NAME
    SENSITIVITY: ClassVar[Classes] = {
        "id": OPEN,
        "organisation": OPEN,
        "individual": OPEN,
        "token": IDENTIFYING,
        "other": IDENTIFYING,
    }

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(
        "cases.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    individual = models.ForeignKey("cases.Individual", models.PROTECT, related_name="name_pairs")
    token = models.ForeignKey(NameToken, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(NameToken, models.PROTECT, related_name="+", db_index=False)

    class Meta(Gated.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["token", "other", "individual"],
                name="name_pair_stands_once",
                violation_error_message="The person is found by these two words already.",
            ),
        )

    def __str__(self) -> str:
        return f"pair {self.pk}"
