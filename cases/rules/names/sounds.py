"""Latin spellings folded to sounds, so that spellings of one name meet.

A sound is one letter: c is ts, j is dzh, q is ch, w is sh, x is zh; y does not occur. A spelling
may be read in several ways (“Chinstein” is English, French and German), so a word has several
folds, and two words meet when any of theirs do.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from anyascii import anyascii

from cases.rules.names import romanising

LONGEST_WORD = 24
MOST_WORDS = 8
_LONGEST_TEXT = 400

_MARKED = str.maketrans(
    {"č": "ch", "ć": "ch", "š": "sh", "ś": "sh", "ž": "zh", "ż": "zh", "ź": "z", "ě": "ye"}
)
_APOSTROPHES = str.maketrans("", "", "'’ʼʹ`´ʺ")
_SEPARATE = re.compile(r"[^\w]+|_+")

_SH = dict.fromkeys(("shch", "schtsch", "chtch", "sch", "sh", "sz"), "w")
_CH = dict.fromkeys(("tsch", "tch", "cz", "ch"), "q")
_DZH = dict.fromkeys(("dzh", "dsch", "dj"), "j")
_OTHER = (
    "zgh:zh zh:x kh:h gh:g ph:f th:t ts:c tz:c ck:k x:ks w:v q:k ou:u iou:iu you:iu "
    "ye:e je:e ya:ia ja:ia yu:iu ju:iu y:i j:i"
)
_ENGLISH: Mapping[str, str] = {
    **_SH, **_CH, **_DZH, **dict(rule.split(":") for rule in _OTHER.split())
}  # fmt: skip
_GERMAN: Mapping[str, str] = {**_ENGLISH, "ch": "h", "z": "c", "stein": "wtein"}
_FRENCH: Mapping[str, str] = {**_ENGLISH, "ch": "w", "j": "x", "je": "xe", "ja": "xa", "ju": "xu"}

_C_AS_TS = re.compile(r"c(?=[eivy])")
_C_AS_K = re.compile(r"c(?!h|z|k|[eivy])")
_G_AS_WRITTEN = re.compile(r"gu(?=[ei])")
_YO = re.compile(r"(?:(?<=[bcdfghklmnpqrstvwxz])|\A)[yj]o(?!u)")
DOUBLED = re.compile(r"(.)\1+")
_FINAL_F = re.compile(r"f\Z")
_FRENCH_ENDING = re.compile(r"ine\Z")


def words(text: str) -> list[str]:
    """Part a name into lower-case words; marks that only stack are dropped, length is bounded."""
    plain = unicodedata.normalize("NFC", text[:_LONGEST_TEXT]).lower().translate(_APOSTROPHES)
    parted = _SEPARATE.split("".join(c for c in plain if not unicodedata.combining(c)))
    return [word[:LONGEST_WORD] for word in parted if word][:MOST_WORDS]


@lru_cache(maxsize=65_536)
def folds(word: str) -> tuple[str, ...]:
    """Give the ways to read one lower-case word, the likeliest first; none for no letters."""
    if romanising.is_cyrillic(word):
        spelt = romanising.romanisations(word)
        return _distinct(_english(_plain(latin)) for latin in spelt)
    latin = _plain(word)
    return _distinct(read(latin) for read in (_english, _german, _french))


def _distinct(read: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold for fold in read if fold))


def search_key(text: str) -> str:
    """Fold a name as it is likeliest read: words of sounds and digits, parted by one space."""
    folded = (folds(word) for word in words(text))
    return " ".join(read[0] for read in folded if read)


def _plain(word: str) -> str:
    ascii_word = anyascii(word.translate(_MARKED)).lower()
    return "".join(letter for letter in ascii_word if letter.isalnum())


def _reader(table: Mapping[str, str]) -> Callable[[str], str]:
    longest_first = sorted(table, key=len, reverse=True)
    pattern = re.compile("|".join(longest_first))

    def read(latin: str) -> str:
        spelt = _C_AS_K.sub("k", _G_AS_WRITTEN.sub("g", _YO.sub("e", latin)))
        spelt = _C_AS_TS.sub("ts", spelt)
        sounds = pattern.sub(lambda match: table[match[0]], spelt)
        once = DOUBLED.sub(r"\1", sounds).replace("ie", "e")
        return _FINAL_F.sub("v", DOUBLED.sub(r"\1", once))

    return read


_english = _reader(_ENGLISH)
_german = _reader(_GERMAN)
_as_french = _reader(_FRENCH)


def _french(latin: str) -> str:
    return _as_french(_FRENCH_ENDING.sub("in", latin))
