"""The form every vocabulary takes."""

from typing import Self

from django.db.models import TextChoices


class Terms(TextChoices):
    """A closed list of terms; each member is written ``NAME = value, definition, label``.

    Django reads the last element of the tuple as the label, so the definition stands before it.
    """

    definition: str

    def __new__(cls, value: str, definition: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        return member
