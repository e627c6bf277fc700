"""The keys under which a word of a name is found: equal keys make candidates, no more.

Skeleton and phonetic key follow the field's habit for Slavic names; the deletion keys are those of
symmetric deletion: two words that differ by up to ``n`` edits share a word that is one of them less
up to ``n`` letters.
"""

import re
from functools import lru_cache
from itertools import combinations

from cases.rules.names import given
from cases.rules.names.sounds import DOUBLED

LONGEST_SPELLING = 9
"""Letters in which edits are looked for; what differs further on is left to the comparison."""
_SHORTEST_FOR_ONE, _SHORTEST_FOR_TWO = 3, 5
_FEWEST_CONSONANTS = 3

CACHED = 131_072
"""Words whose forms are kept at hand: about as many as a dictionary holds."""
_VOWELS = re.compile(r"[aeiou]+")
_VOICELESS = str.maketrans("bdgvzxjch", "ptkfswqsk")
_FEMININE = re.compile(r"(?<=ov|ev|in)a\Z|(?<=sk)aia\Z|(?<=ck)aia\Z")
_OV = re.compile(r"[eio]v\Z")
_PATRONYMIC = re.compile(r"(?:ini[qw]na|[oeiu]+v(?:iq|na)|i[qw]na|iq)\Z")
_SHORTEST_STEM = 2


def most_edits(fold: str) -> int:
    """Say how many edits a word of this length may suffer."""
    return (len(fold) >= _SHORTEST_FOR_ONE) + (len(fold) >= _SHORTEST_FOR_TWO)


def spellings(fold: str) -> frozenset[str]:
    """Give a word less none, one or two of its letters."""
    word = fold[:LONGEST_SPELLING]
    found = {word}
    for count in range(1, most_edits(fold) + 1):
        for dropped in combinations(range(len(word)), count):
            found.add("".join(c for place, c in enumerate(word) if place not in dropped))
    return frozenset(found)


@lru_cache(maxsize=CACHED)
def skeleton(fold: str) -> str:
    """Keep the consonants, and a mark for a vowel at the beginning."""
    first, rest = fold[:1], fold[1:]
    mark = "a" if _VOWELS.match(first) else first
    return DOUBLED.sub(r"\1", mark + _VOWELS.sub("", rest))


@lru_cache(maxsize=CACHED)
def vowels(fold: str) -> tuple[str, ...]:
    """Give the runs of vowels, one for each syllable."""
    return tuple(_VOWELS.findall(fold))


@lru_cache(maxsize=CACHED)
def phonetic(fold: str) -> str:
    """Take the skeleton without voice: b is p, z is s, h is k."""
    return DOUBLED.sub(r"\1", skeleton(fold).translate(_VOICELESS))


@lru_cache(maxsize=CACHED)
def family(fold: str) -> str:
    """Give a family or place name the one ending that stands for its kin.

    Smirnova is Smirnov, Belskaia is Belski; Ukrainian -iv is Russian -ov and -ev. A known given
    name keeps its own.
    """
    if given.forms_of(fold):
        return fold
    bare = _FEMININE.sub("", fold)
    if bare != fold and bare.endswith("k"):
        return f"{bare}i"
    return _OV.sub("ov", bare)


@lru_cache(maxsize=CACHED)
def fathers(fold: str) -> frozenset[str]:
    """Name the given names of the father that a patronymic may be made of."""
    stem = _PATRONYMIC.sub("", fold)
    if stem == fold or len(stem) < _SHORTEST_STEM:
        return frozenset()
    return given.father_of(stem)


def keys(fold: str) -> frozenset[str]:
    """Give all keys of one fold; those that are no spellings begin with their kind."""
    found = set(spellings(fold))
    bones, sound = skeleton(fold), phonetic(fold)
    if len(bones) >= _FEWEST_CONSONANTS:
        found |= {f"skeleton {bones}", f"sound {sound}"}
    found |= {f"name {name}" for name in given.names_of(fold)}
    found |= {f"father {name}" for name in fathers(fold)}
    return frozenset({*found, family(fold)})
