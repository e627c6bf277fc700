"""How alike two names are, and why: for ranking what the keys found, and for judging two names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_noop
from rapidfuzz.distance import OSA, JaroWinkler

from cases.rules.names import given, keys
from cases.rules.names.sounds import folds, words

SAME, FORM, SHORT_FORM, ENDING, FATHER = 1.0, 0.96, 0.92, 0.95, 0.93
_SOUND, _SPELLING, _PREFIX = 0.9, 0.88, 0.8
_CLOSE = 0.8
_SHORTEST_PREFIX = 3
JUDGED_SAME = 0.86
"""From here on two names are taken for spellings of one."""
_MISSED_WORD = 0.35
_CONFUSED: Sequence[set[str]] = (
    {"a", "o"}, {"e", "i"}, {"e", "o"}, {"e", "ia"}, {"a", "ia"}, {"u", "iu"}, {"e", "io"},
    {"ai", "ei"}, {"i", "ei"}, {"e", "ei"}, {"i", "io"},
)  # fmt: skip
"""Vowels that speech or another alphabet does not keep apart."""


@dataclass(frozen=True, order=True)
class Likeness:
    """How alike two words are, from 0 to 1, and the words that say why, in English."""

    score: float = 0.0
    why: str = ""


UNLIKE = Likeness()


@lru_cache(maxsize=262_144)
def of_folds(a: str, b: str) -> Likeness:
    """Compare two folded words."""
    if a == b:
        return Likeness(SAME, gettext_noop("the same name"))
    known = _as_given(a, b)
    if known is not None:
        return known
    if a[:1] == b[:1] and keys.family(a) == keys.family(b):
        return Likeness(ENDING, gettext_noop("the same name with another ending"))
    if keys.fathers(a) and keys.fathers(a) & keys.fathers(b):
        return Likeness(FATHER, gettext_noop("a patronymic of the same father's name"))
    return max(_by_sound(a, b), _by_spelling(a, b), _by_beginning(a, b))


def _as_given(a: str, b: str) -> Likeness | None:
    names_a, names_b = given.names_of(a), given.names_of(b)
    if not (names_a and names_b):
        return None
    if given.forms_of(a) & given.forms_of(b):
        return Likeness(FORM, gettext_noop("a form of the same given name"))
    if names_a & names_b:
        return Likeness(SHORT_FORM, gettext_noop("short for the same given name"))
    return UNLIKE  # Марина is one letter from Мария, and is not she.


def _by_sound(a: str, b: str) -> Likeness:
    near = JaroWinkler.similarity(a, b)
    if near < _CLOSE or len(keys.skeleton(a)) < _SHORTEST_PREFIX or not _rhyme(a, b):
        return UNLIKE
    if keys.skeleton(a) == keys.skeleton(b):
        return Likeness(_SOUND + (near - _CLOSE) * 0.2, gettext_noop("the same consonants"))
    if keys.phonetic(a) == keys.phonetic(b):
        return Likeness(_SPELLING + (near - _CLOSE) * 0.2, gettext_noop("sounds alike"))
    return UNLIKE


def _rhyme(a: str, b: str) -> bool:
    """Say whether two words have the same syllables: Быков is not Баков, Белов not Беляев."""
    heard_a, heard_b = keys.vowels(a), keys.vowels(b)
    return len(heard_a) == len(heard_b) and all(
        x == y or {x, y} in _CONFUSED for x, y in zip(heard_a, heard_b, strict=True)
    )


def _by_spelling(a: str, b: str) -> Likeness:
    allowed = max(keys.most_edits(a), keys.most_edits(b))
    edits = OSA.distance(a, b, score_cutoff=allowed)
    if edits > allowed:
        return UNLIKE
    score = 1 - edits / max(len(a), len(b))
    return Likeness(min(score, JUDGED_SAME - 0.01), _edits(edits))


def _edits(edits: int) -> str:
    return gettext_noop("one letter differs") if edits == 1 else gettext_noop("two letters differ")


def _by_beginning(a: str, b: str) -> Likeness:
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < _SHORTEST_PREFIX or not longer.startswith(shorter):
        return UNLIKE
    return Likeness(
        _PREFIX * (0.5 + 0.5 * len(shorter) / len(longer)), gettext_noop("begins alike")
    )


@lru_cache(maxsize=65_536)
def of_words(a: str, b: str) -> Likeness:
    """Compare two words as written, over all the ways to read them."""
    return max((of_folds(x, y) for x in folds(a) for y in folds(b)), default=UNLIKE)


@dataclass(frozen=True)
class Pairing:
    """A word sought and the word of a name that answers it."""

    sought: str
    found: str
    likeness: Likeness


def paired(sought: Sequence[str], held: Sequence[str]) -> tuple[Pairing, ...]:
    """Pair words with the words of a name, the likest first, each used once; order is free."""
    pairs = sorted(
        ((of_words(a, b), i, j) for i, a in enumerate(sought) for j, b in enumerate(held)),
        key=lambda pair: (-pair[0].score, pair[1], pair[2]),
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    found = []
    for likeness, i, j in pairs:
        if likeness.score and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            found.append((i, Pairing(sought[i], held[j], likeness)))
    return tuple(pairing for _, pairing in sorted(found, key=lambda pair: pair[0]))


def score(pairings: Sequence[Pairing], wanted: int) -> float:
    """Weigh a pairing for a number of words wanted: a word that is missing costs, never bars."""
    total = sum(pairing.likeness.score for pairing in pairings)
    return (total + _MISSED_WORD * (wanted - len(pairings))) / max(wanted, 1)


def are_one_name(a: str, b: str) -> bool:
    """Judge whether two names are spellings of one: every word of the shorter has its like."""
    words_a, words_b = words(a), words(b)
    few, many = sorted((words_a, words_b), key=len)
    pairs = paired(few, many)
    return (
        bool(few)
        and len(pairs) == len(few)
        and all(pair.likeness.score >= JUDGED_SAME for pair in pairs)
    )
