"""The index of names, which follows what is recorded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, permutations
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from cases.access.actor import AnyActor
from cases.access.gate import System, acting_as
from cases.actions import loading
from cases.models import Contact, Individual, IndividualName, NameKey, NamePair, NameToken
from cases.models.names import LanguageName, SearchKeyField
from cases.rules.names import keys
from cases.rules.names.sounds import folds, words

T = TypeVar("T")
MOST_TOKENS = 16
"""Of one person; more would be pairs without end."""
_AT_ONCE = 5_000
_FEW = 200

Pair = tuple[int, int]
Row = tuple[UUID, UUID, int, int]
"""Keeper, person, one word and the other."""


@dataclass
class Told:
    """How many people were looked at, and how many rows of the index differed."""

    people: int = 0
    changed: int = 0


@dataclass
class _Dictionary:
    """The words met in one run, by their ids; only the first meeting asks the database.

    Two writers who meet a word at once may both write its keys: that they stand twice harms nobody.
    """

    by: AnyActor
    ids: dict[str, int] = field(default_factory=dict)

    def take_in(self, texts: Collection[str]) -> None:
        """Learn the ids; new words are added, in one order for all writers."""
        self._learn(set(texts) - self.ids.keys())
        new = sorted(set(texts) - self.ids.keys())
        if not new:
            return
        tokens = [NameToken(text=text) for text in new]
        NameToken.objects.bulk_create(tokens, ignore_conflicts=True, batch_size=_AT_ONCE)
        self._learn(new)
        due = [(key, self.ids[text]) for text in new for key in sorted(keys.keys(text))]
        _insert(NameKey, ("key", "token"), due, self.by)

    def _learn(self, texts: Collection[str]) -> None:
        for some in _in_parts(texts):
            known = NameToken.objects.filter(text__in=some)
            self.ids.update(known.values_list("text", "pk"))


def follow(record: models.Model) -> None:
    """Bring the index in line with a row just written, if it is a name."""
    if isinstance(record, IndividualName):
        index([record.individual_id])
    elif isinstance(record, LanguageName):
        remember([record.text])
    elif isinstance(record, Contact):
        remember([record.name])


def index(people: Collection[UUID]) -> None:
    """Bring the index of some people in line with their names and with who keeps them."""
    with acting_as(System("keeping the index of names")) as by:
        _index(people, _Dictionary(by))


def remember(texts: Iterable[str]) -> None:
    """Take the words of names that are not people's into the dictionary."""
    with acting_as(System("keeping the dictionary of names")) as by:
        _Dictionary(by).take_in(_sounds(texts))


def rebuild(*, by: AnyActor) -> Told:
    """Bring all search keys and the whole index in line with the names.

    :raises PermissionDenied: for anybody but the system.
    """
    loading.only_the_system(by)
    told = Told(changed=sum(_refold(model, is_kept=True) for model in _keyed()))
    dictionary = _Dictionary(by)
    for people in _in_parts(_everybody()):
        told.people += len(people)
        told.changed += _index(people, dictionary)
    dictionary.take_in(_spoken())
    told.changed += forget_unused()
    return told


def compared() -> Told:
    """Say how far search keys and index are from the names, and change nothing."""
    told = Told(changed=sum(_refold(model, is_kept=False) for model in _keyed()))
    ids = dict(NameToken.objects.values_list("text", "pk"))
    for people in _in_parts(_everybody()):
        told.people += len(people)
        new, surplus = _differing(people, _held(people), ids)
        told.changed += len(new) + len(surplus)
    return told


def forget_unused() -> int:
    """Take words out of the dictionary that no name holds any more; give how many."""
    with acting_as(System("tidying the dictionary of names")):
        used = NamePair.objects.filter(token=models.OuterRef("pk"))
        unused = NameToken.objects.filter(~models.Exists(used)).values_list("text", "pk")
        spoken = _spoken()
        gone = [pk for text, pk in unused if text not in spoken]
        NameKey.objects.filter(token__in=gone).delete()
        NameToken.objects.filter(pk__in=gone).delete()
    return len(gone)


def pairs(held: Collection[str]) -> list[tuple[str, str]]:
    """Give the pairs under which somebody with these words is found."""
    few = sorted(held)[:MOST_TOKENS]
    return list(permutations(few, 2)) or [(only, only) for only in few]


def _index(people: Collection[UUID], dictionary: _Dictionary) -> int:
    """Add and take away rows; give how many."""
    held = _held(people)
    dictionary.take_in(set().union(*held.values()))
    new, surplus = _differing(people, held, dictionary.ids)
    for some in _in_parts(surplus):
        NamePair.objects.filter(pk__in=some).delete()
    _insert(NamePair, ("organisation", "individual", "token", "other"), new, dictionary.by)
    return len(surplus) + len(new)


def _differing(
    people: Collection[UUID], held: Mapping[UUID, set[str]], ids: Mapping[str, int]
) -> tuple[list[Row], list[int]]:
    """Give the rows that the names ask for and that are not there, and the keys of the rest."""
    due, stand = _due(held, ids), _standing(people)
    new: list[Row] = []
    surplus: list[int] = []
    for person, keeper in _keepers(people).items():
        wanted, had = due.get(person, set()), stand.get(person, {})
        new += [(keeper, person, a, b) for a, b in wanted if (keeper, a, b) not in had]
        surplus += [pk for (by, a, b), pk in had.items() if by != keeper or (a, b) not in wanted]
    return new, surplus


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Any], by: AnyActor
) -> None:
    if len(rows) > _FEW:
        sheet = loading.Sheet(model, *columns)
        plain = (tuple(getattr(value, "hex", value) for value in row) for row in rows)
        loading.load(sheet, plain, by=by)
        return
    known = {field.name: field.attname for field in model._meta.concrete_fields}
    attributes = [known[name] for name in columns]
    made = (model(**dict(zip(attributes, row, strict=True))) for row in rows)
    model._default_manager.bulk_create(made)


def _due(held: Mapping[UUID, set[str]], ids: Mapping[str, int]) -> Mapping[UUID, set[Pair]]:
    return {
        person: {(ids.get(a, 0), ids.get(b, 0)) for a, b in pairs(words_held)}
        for person, words_held in held.items()
    }


def _standing(people: Collection[UUID]) -> Mapping[UUID, dict[tuple[UUID, int, int], int]]:
    found: dict[UUID, dict[tuple[UUID, int, int], int]] = defaultdict(dict)
    rows = NamePair.objects.filter(individual__in=people)
    columns = ("organisation_id", "individual_id", "token_id", "other_id", "pk")
    for keeper, person, token, other, pk in rows.values_list(*columns):
        found[person][keeper, token, other] = pk
    return found


def _keepers(people: Collection[UUID]) -> Mapping[UUID, UUID]:
    rows = Individual.objects.filter(pk__in=people)
    return dict(rows.values_list("pk", "organisation_id"))


def _held(people: Collection[UUID]) -> Mapping[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    names = IndividualName.objects.filter(individual__in=people)
    for person, text in names.values_list("individual_id", "text"):
        found[person] |= _sounds([text])
    return found


def _everybody() -> Iterator[UUID]:
    return Individual.objects.order_by("pk").values_list("pk", flat=True).iterator()


def _spoken() -> set[str]:
    """Give the words of the names that are not people's."""
    return {
        fold
        for model in _keyed()
        if model is not IndividualName
        for fold in _sounds(model._default_manager.values_list(_key_of(model).of, flat=True))
    }


def _sounds(texts: Iterable[str]) -> set[str]:
    return {fold for text in texts for word in words(text) for fold in folds(word)}


def _keyed() -> list[type[models.Model]]:
    return [*LanguageName.__subclasses__(), IndividualName, Contact]


def _key_of(model: type[models.Model]) -> SearchKeyField:
    return next(field for field in model._meta.fields if isinstance(field, SearchKeyField))


def _refold(model: type[models.Model], *, is_kept: bool) -> int:
    """Count the rows whose search key is not what their text gives, and mend them."""
    key = _key_of(model)
    stale = []
    for row in model._default_manager.only("pk", key.of, key.name).iterator():
        stood = getattr(row, key.name)
        if key.pre_save(row, add=False) != stood:
            stale.append(row)
    if is_kept:
        model._default_manager.bulk_update(stale, [key.name], batch_size=_FEW)
    return len(stale)


def _in_parts(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        yield part
