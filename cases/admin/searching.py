"""Search that finds any spelling: names by their folded keys, references as they are written."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from cases.models import Individual, IndividualName
from cases.queries import names
from cases.rules import individuals

M = TypeVar("M", bound=Model)

MOST_WORDS = 6
MOST_LETTERS = 100


def words_of(term: str) -> list[str]:
    """Take the words that are sought, no more than a person writes."""
    return term.replace("\x00", "")[:MOST_LETTERS].split()[:MOST_WORDS]


def narrowed(rows: QuerySet[M], paths: Sequence[str], term: str) -> QuerySet[M]:
    """Keep the rows in which each word of ``term`` is found on some path."""
    sought = words_of(term)
    if sought and not paths:
        return rows.none()
    if rows.model is Individual and "names__search_key" in paths:
        spoken = " ".join(word for word in sought if not individuals.looks_like_number(word))
        sought = [word for word in sought if individuals.looks_like_number(word)]
        paths = ["case_number"]
        if spoken:
            rows = rows.filter(pk__in=names.bearers(spoken).values("individual"))
    for word in sought:
        rows = rows.filter(_matching(rows.model, paths, word))
    return rows


def _matching(model: Any, paths: Sequence[str], word: str) -> Q:
    return reduce(or_, (_one(model, path, word) for path in paths))


def _one(model: Any, path: str, word: str) -> Q:
    """Seek a word where the reader may read; a related row is sought through its own gate."""
    near, _, further = path.partition("__")
    if further:
        field = model._meta.get_field(near)
        related = field.related_model
        rows = related._default_manager.filter(_one(related, further, word))
        if field.one_to_many:  # a join would give a row once for each related one
            return Q(pk__in=rows.values(field.field.attname))
        return Q(**{f"{near}__in": rows})
    readable: Q = model.readable(path)
    if path.endswith("case_number"):
        # The bounds are for the index: row security lets none answer a LIKE.
        begun = individuals.number_begun(word)
        bounds = {f"{path}__gte": begun, f"{path}__lt": f"{begun}z"}
        return Q(**{f"{path}__startswith": begun}, **bounds) & readable
    if not path.endswith("search_key"):
        return Q(**{f"{path}__icontains": word}) & readable
    if model is IndividualName:
        return Q(individual__in=names.bearers(word).values("individual")) & readable
    return names.spelt(word) & readable
