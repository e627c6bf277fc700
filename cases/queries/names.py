"""Who is meant by a name: any spelling, in any script, ranked, with the reasons.

Keys of the words lead to words of the dictionary, two words at once to people. How many are looked
through depends on how alike words are, never on how many there are: what an organisation does not
see moves nothing in what it finds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from cases.access.gate import System, acting_as, looked_up
from cases.models import Individual, IndividualName, NameKey, NamePair, NameToken
from cases.queries.prepared import fetched
from cases.rules import dates
from cases.rules.names import given, keys, likeness, ranking
from cases.rules.names.likeness import Likeness, Pairing
from cases.rules.names.sounds import folds, search_key, words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_WORDS = 4
"""Of a name sought: two find, the others rank."""
_NEARLY, _AT_ALL = 0.9, 0.5
_READ_ROWS = 200
_TIERS = ((0.95, 0.95), (0.95, 0.85), (0.95, 0.7), (0.85, 0.7), (_AT_ALL, _AT_ALL))
_SHORTEST_BEGINNING = 3
_LAST = "z" * 12
_ID = "bigint"
_FEW_WORDS = 8

_WORDS = (
    f'SELECT {{place}}, token_id, (SELECT text FROM "{NameToken._meta.db_table}" AS word '  # noqa: S608
    f'WHERE word.id = token_id) FROM (SELECT DISTINCT token_id FROM "{NameKey._meta.db_table}" '
    "WHERE {among}) AS met"
)
_PAIRS = (
    "SELECT * FROM (SELECT individual_id, token_id, other_id FROM ({rows}) AS visible "
    "WHERE {part} ORDER BY token_id, other_id, individual_id LIMIT {most}) AS part"
)
_OF_EACH = (
    "SELECT part.* FROM unnest(%s::bigint[]) AS wanted(word), LATERAL "
    "(SELECT individual_id, token_id, other_id FROM ({rows}) AS visible "
    "WHERE {part} ORDER BY token_id, other_id, individual_id LIMIT {most}) AS part"
)
_OF_ALL = "SELECT * FROM ({parts}) AS parts ORDER BY token_id, other_id, individual_id LIMIT {most}"

Alike = Mapping[int, Likeness]
"""Words of the dictionary by id, and how alike each is to one word sought."""
Row = tuple[Any, int, int]
"""A person, by the key as the database has it, and two words of their names."""
Part = tuple[str, str, list[Any]]
"""How the index is read, on which condition, and the words it names."""


@dataclass(frozen=True)
class Match:
    """A person found: how well they fit, from 0 to 1, and why, in words."""

    person: Individual
    score: float
    reasons: tuple[str, ...]
    names: tuple[str, ...] = field(repr=False, default=())


@dataclass(frozen=True)
class _Weighed:
    """A person who may be shown, before the reasons are put into words."""

    person: Individual
    score: float
    pairings: tuple[Pairing, ...]
    circumstances: "tuple[StrOrPromise, ...]"
    names: tuple[str, ...]


def find(
    text: str,
    *,
    wanted: ranking.Wanted = ranking.ANYBODY,
    limit: int = 20,
    is_typed: bool = False,
) -> tuple[Match, ...]:
    """Find the people a name may mean, the likeliest first.

    ``is_typed`` takes the last word for a beginning: it is still being typed.
    """
    sought = words(text)[:MOST_WORDS]
    found = candidates(sought, alike(sought, is_typed=is_typed), limit)
    return ranked(sought, found, wanted, limit)


def alike(sought: Sequence[str], *, is_typed: bool = False) -> list[Alike]:
    """Find for each word the words of the dictionary that may be the same."""
    found: list[dict[int, Likeness]] = [{} for _ in sought]
    for pk, _text, place, like in _met(sought, is_typed=is_typed):
        found[place][pk] = like
    return list(found)


def _met(
    sought: Sequence[str], *, is_typed: bool = False
) -> Iterator[tuple[int, str, int, Likeness]]:
    """Give words of the dictionary: id, text, which word sought it may be, and how alike it is."""
    with acting_as(System("looking up words of names")):
        met = {*_under([{key for fold in folds(w) for key in keys.keys(fold)} for w in sought])}
        if is_typed and sought:
            met.update(_begun(sought[-1], len(sought) - 1))
    for place, pk, text in met:
        like = max(likeness.of_folds(fold, text) for fold in folds(sought[place]))
        if like.score >= _AT_ALL:
            yield pk, text, place, like


def _under(sought: Sequence[Collection[str]]) -> list[tuple[int, int, str]]:
    """Give the words under the keys of each word sought: its place, their ids and texts.

    Written out: compiling it anew took longer than the database did to answer it. The text is
    asked for word by word: PostgreSQL would rather read the whole dictionary than join a few.
    """
    parts, values = [], []
    for place, wanted in enumerate(sought):
        among, held = _among("key", sorted(wanted), "text")
        parts.append(_WORDS.format(place=place, among=among))
        values += held
    return fetched(" UNION ALL ".join(parts), values) if parts else []


def _among(column: str, values: list[Any], kind: str) -> tuple[str, list[Any]]:
    """Give a condition; on PostgreSQL one text for any number of values, so that it is prepared."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s::{kind}[])", [values]
    return f"{column} IN ({', '.join(['%s'] * len(values))})", values


def _begun(word: str, place: int) -> Iterable[tuple[int, int, str]]:
    for fold in folds(word):
        if len(fold) >= _SHORTEST_BEGINNING:
            begun = NameToken.objects.filter(text__gte=fold, text__lte=fold + _LAST)
            yield from ((place, pk, text) for pk, text in begun.values_list("pk", "text"))


def bearers(text: str) -> QuerySet[NamePair]:
    """Give the index rows of everybody whom a name may mean, for narrowing a list.

    Of three words or more any two suffice: patronymics are often left out. The last word may be a
    beginning.
    """
    found = alike(words(text)[:MOST_WORDS], is_typed=True)
    tokens = [held for held in _tokens(found, _AT_ALL) if held]
    held = NamePair.objects.filter(NamePair.readable("token", "other"))
    if len(found) == 1 and tokens:
        return held.filter(token__in=tokens[0])
    either = Q()
    for first, second in combinations(tokens, 2):
        either |= Q(token__in=first, other__in=second)
    return held.filter(either) if either else held.none()


def spelt(text: str) -> Q:
    """Give the condition on a folded key that holds a word, or one that is nearly it.

    For names on shared ground and for contacts: tables that are small enough to read through.
    """
    key = search_key(text)
    if not key:
        return Q(pk__in=[])
    near = {sounds for _, sounds, _, like in _met(words(text)) if like.score >= _NEARLY}
    condition = Q(search_key__contains=key)
    for sounds in sorted(near):
        condition |= Q(search_key__contains=sounds)
    return condition


def reasons(text: str, name: str) -> tuple[str, ...]:
    """Say why a name is found by a text, where it is not by its very words."""
    sought = words(text)[:MOST_WORDS]
    pairings = likeness.paired(sought, words(name))
    if all(pairing.sought == pairing.found for pairing in pairings):
        return ()
    return ranking.in_words(sought, pairings)


def candidates(sought: Sequence[str], found: Sequence[Alike], limit: int) -> list[UUID]:
    """Give people, the likelier first.

    Those of whom two words fit; where they are too many to rank them all, the best fits first. If
    they are few, those of whom one word does: it is their only one, or no given name.
    """
    read = _read(_fitting(found, _AT_ALL, _AT_ALL))
    is_whole = len(read) < _READ_ROWS
    scores = _scored(found, read) if is_whole else _tiered(found, 2 * limit)
    if len(scores) < limit and len(found) > 1:
        scores = _scored(found, _read(_single(sought, found))) | scores
    best = sorted(scores, key=lambda person: (-scores[person], str(person)))[: 2 * limit]
    return [_key(person) for person in best]


def _scored(found: Sequence[Alike], read: Iterable[Row]) -> dict[Any, float]:
    best: dict[int, float] = {}
    for held in found:
        for pk, like in held.items():
            best[pk] = max(like.score, best.get(pk, 0.0))
    scores: dict[Any, float] = {}
    for person, first, second in read:
        score = sum(best.get(pk, 0.0) for pk in {first, second})
        scores[person] = max(score, scores.get(person, 0.0))
    return scores


def _tiered(found: Sequence[Alike], enough: int) -> dict[Any, float]:
    scores: dict[Any, float] = {}
    for tier in _TIERS:
        scores = _scored(found, _read(_fitting(found, *tier))) | scores
        if len(scores) >= enough:
            break
    return scores


def _fitting(found: Sequence[Alike], least: float, other: float) -> Iterator[Part]:
    """Ask for two words: one fits as well as ``least`` says, the other as ``other`` does."""
    if len(found) == 1:
        yield from _one(_tokens(found, least)[0])
    better, worse = _tokens(found, least), _tokens(found, other)
    for first, second in combinations(range(len(found)), 2):
        yield from _two(better[first], worse[second])
        if least != other:
            yield from _two(worse[first], better[second])


def _single(sought: Sequence[str], found: Sequence[Alike]) -> Iterator[Part]:
    for word, tokens in zip(sought, _tokens(found, _NEARLY), strict=True):
        if not any(given.names_of(fold) or keys.fathers(fold) for fold in folds(word)):
            yield from _one(tokens)
        else:  # of a given name, only who has no other: it is borne by thousands
            yield from _each(tokens, "token_id = {word} AND other_id = {word}")


def _one(tokens: list[int]) -> Iterator[Part]:
    if len(tokens) <= _FEW_WORDS:
        yield from _each(tokens, "token_id = {word}")
    else:
        yield _PAIRS, *_among("token_id", tokens, _ID)


def _each(tokens: list[int], condition: str) -> Iterator[Part]:
    """Ask for each word by itself; on PostgreSQL in one text for any number, so prepared once."""
    if connection.vendor == "postgresql" and tokens:
        yield _OF_EACH, condition.format(word="wanted.word"), [tokens]
        return
    values = condition.count("{word}")
    for token in tokens:
        yield _PAIRS, condition.format(word="%s"), [token] * values


def _two(first: list[int], second: list[int]) -> Iterator[Part]:
    if first and second:
        one, its = _among("token_id", first, _ID)
        other, others = _among("other_id", second, _ID)
        yield _PAIRS, f"{one} AND {other}", [*its, *others]


def _tokens(found: Sequence[Alike], least: float) -> list[list[int]]:
    return [sorted(pk for pk, like in held.items() if like.score >= least) for held in found]


def _read(wanted: Iterable[Part]) -> list[Row]:
    """Read the index as far as whoever acts may; in one order, for what is beyond the limit.

    Each part by itself: of several at once no database goes along its index and stops in time.
    """
    visible, parts = looked_up("index of names", _visible), list(wanted)
    if visible is None or not parts:
        return []
    rows, values = visible
    most = _READ_ROWS
    each = (how.format(rows=rows, part=part, most=most) for how, part, _ in parts)
    query = _OF_ALL.format(parts=" UNION ALL ".join(each), most=most)
    given = [(*held, *values) if how is _OF_EACH else (*values, *held) for how, _, held in parts]
    return fetched(query, [value for some in given for value in some])


def _key(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)


def _visible() -> tuple[str, tuple[Any, ...]] | None:
    """Compile the gate's condition once for whoever acts; nothing where they read no names."""
    held = NamePair.objects.filter(NamePair.readable("token", "other"))
    try:
        return held.values_list("individual_id", "token_id", "other_id").query.sql_with_params()
    except EmptyResultSet:
        return None


def ranked(
    sought: Sequence[str], found: Sequence[UUID], wanted: ranking.Wanted, limit: int
) -> tuple[Match, ...]:
    """Weigh people by all their names and by what else is known, and say why."""
    named: dict[UUID, list[str]] = defaultdict(list)
    names = IndividualName.objects.filter(
        IndividualName.readable("text"), individual__in=list(found)
    ).order_by("text", "pk")
    for person, text in names.values_list("individual_id", "text"):
        named[person].append(text)
    people = Individual.objects.in_bulk([person for person in found if person in named])
    weighed = [
        one
        for pk, person in people.items()
        if (one := _weighed(sought, person, named[pk], wanted)) is not None
    ]
    weighed.sort(key=lambda one: (-one.score, str(one.person.pk)))
    return tuple(_match(sought, one) for one in weighed[:limit])


def _weighed(
    sought: Sequence[str], person: Individual, names: Sequence[str], wanted: ranking.Wanted
) -> _Weighed | None:
    held = [word for text in names for word in words(text)]
    pairings = likeness.paired(sought, list(dict.fromkeys(held)))
    if not pairings:
        return None
    score, circumstances = ranking.weigh(wanted, _known_of(person))
    total = max(0.0, min(1.0, likeness.score(pairings, len(sought)) + score))
    return _Weighed(person, round(total, 3), pairings, circumstances, tuple(names))


def _match(sought: Sequence[str], one: _Weighed) -> Match:
    """Put into words why one fits: only of those shown, for words cost time."""
    reasons = (*ranking.in_words(sought, one.pairings), *map(str, one.circumstances))
    return Match(one.person, one.score, reasons, one.names)


def _known_of(person: Any) -> ranking.Wanted:
    """Gather what ranks. What no list shows is not known: a reason would tell it unrecorded."""
    hidden = person.unread_fields() | person.masked_in_lists()
    born = ranking.NOT_KNOWN
    if not {"birth_edtf", "birth_earliest", "birth_latest"} & hidden:
        born = (person.birth_earliest, person.birth_latest)
    if born == ranking.NOT_KNOWN and not {"age_as_stated", "age_as_of_edtf"} & hidden:
        born = ranking.born(person.age_as_stated, *dates.bounds(person.age_as_of_edtf))
    places = {person.home_place_id, person.last_known_place_id} - {None}
    return ranking.Wanted(
        sex="" if "sex" in hidden else person.sex,
        born=born,
        places=frozenset() if {"home_place", "last_known_place"} & hidden else frozenset(places),
    )
