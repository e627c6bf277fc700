"""The words of the tables in the reader's language: declared in English, translated when read."""

from collections.abc import Iterator

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

_PLURAL = "verbose_name_plural"
_OF_MODEL = ("verbose_name", _PLURAL)
_OF_FIELD = ("verbose_name", "help_text")


def translate(model: type[models.Model]) -> None:
    """Give the words of a model in the reader's language: names, help, the constraints' sentences.

    Done for every model in one place, so that none is forgotten, and before any form is made of it.
    """
    for place, name in _places(model):
        words = getattr(place, name)
        # Django makes up a plural that is lazy already, out of English alone.
        if words and (name == _PLURAL or not isinstance(words, Promise)):
            setattr(place, name, gettext_lazy(str(words)))


def words_of(model: type[models.Model]) -> Iterator[str]:
    """Give what `translate` translates, in the language in force."""
    for place, name in _places(model):
        if words := getattr(place, name):
            yield str(words)


def _places(model: type[models.Model]) -> Iterator[tuple[object, str]]:
    meta = model._meta
    yield from ((meta, name) for name in _OF_MODEL)
    for field in meta.local_fields + meta.local_many_to_many:
        yield from ((field, name) for name in _OF_FIELD)
    for constraint in meta.constraints:
        yield constraint, "violation_error_message"
