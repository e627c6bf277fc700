"""The form every vocabulary takes."""

from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrPromise


class Terms(TextChoices):
    """A closed list of terms; each member is written ``NAME = value, definition, label``.

    Django reads the last element of the tuple as the label, so the definition stands before it.
    Both are given in the reader's language. The vocabulary is a label's context: a case is closed
    in another gender than a batch.
    """

    english: str
    """The definition as it is written."""

    def __new__(cls, value: str, definition: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.english = definition
        return member

    @property
    def definition(self) -> StrPromise:
        return gettext_lazy(self.english)

    @property
    def label(self) -> StrPromise:
        return pgettext_lazy(type(self).__name__, str(self._label_))
