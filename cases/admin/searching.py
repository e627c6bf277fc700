"""Search that finds any spelling: names by their folded keys, references as they are written."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from cases.rules.names import search_key

M = TypeVar("M", bound=Model)

MOST_WORDS = 6
MOST_LETTERS = 100


def words_of(term: str) -> list[str]:
    """Take the words that are sought, no more than a person writes."""
    return term.replace("\x00", "")[:MOST_LETTERS].split()[:MOST_WORDS]


def narrowed(rows: QuerySet[M], paths: Sequence[str], term: str) -> QuerySet[M]:
    """Keep the rows in which each word of ``term`` is found on some path."""
    for word in words_of(term):
        rows = rows.filter(_matching(rows.model, paths, word)) if paths else rows.none()
    return rows


def _matching(model: Any, paths: Sequence[str], word: str) -> Q:
    return reduce(or_, (_one(model, path, word) for path in paths))


def _one(model: Any, path: str, word: str) -> Q:
    """Seek a word where the reader may read; a related row is sought through its own gate."""
    near, _, further = path.partition("__")
    if further:
        related = model._meta.get_field(near).related_model
        rows = related._default_manager.filter(_one(related, further, word))
        return Q(**{f"{near}__in": rows})
    readable: Q = model.readable(path)
    if not path.endswith("search_key"):
        return Q(**{f"{path}__icontains": word}) & readable
    folded = search_key(word)
    return Q(**{f"{path}__contains": folded}) & readable if folded else Q(pk__in=[])
