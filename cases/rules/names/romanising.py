"""Cyrillic into Latin letters, as passports have it.

Russian by ICAO Doc 9303 part 3, Ukrainian by Resolution 55/2010 of the Cabinet of Ministers.
A letter of neither alphabet is left to ``anyascii``; so is each letter of a word in mixed scripts,
which is how names reach us from scanned lists.
"""

import re
from collections.abc import Mapping

from anyascii import anyascii

_RUSSIAN_ORDER = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_RUSSIAN_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"
RUSSIAN: Mapping[str, str] = {
    letter: latin.strip("-")
    for letter, latin in zip(_RUSSIAN_ORDER, _RUSSIAN_LATIN.split(), strict=True)
} | {"ў": "u", "і": "i"}
"""With the two letters that Belarusian has beside the Russian ones."""

_UKRAINIAN_ORDER = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_UKRAINIAN_LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia"
UKRAINIAN: Mapping[str, str] = {
    letter: latin.strip("-")
    for letter, latin in zip(_UKRAINIAN_ORDER, _UKRAINIAN_LATIN.split(), strict=True)
}
_UKRAINIAN_INITIALS: Mapping[str, str] = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ONLY_UKRAINIAN = re.compile(r"[ґєїі]")
_NEVER_UKRAINIAN = re.compile(r"[ёъыэў]")
_G = str.maketrans("г", "ґ")


def is_cyrillic(word: str) -> bool:
    """Say whether a word has Cyrillic letters, be they all or one."""
    return _CYRILLIC.search(word) is not None


def russian(word: str) -> str:
    """Romanise one lower-case word as a Russian passport does."""
    return "".join(RUSSIAN.get(letter) or _other(letter, RUSSIAN) for letter in word)


def ukrainian(word: str) -> str:
    """Romanise one lower-case word as a Ukrainian passport does."""
    initial = _UKRAINIAN_INITIALS.get(word[:1])
    rest = word[1:] if initial else word
    latin = "".join(
        UKRAINIAN.get(letter) or _other(letter, UKRAINIAN) for letter in rest.replace("зг", "зgh")
    )
    return (initial or "") + latin


def _other(letter: str, table: Mapping[str, str]) -> str:
    return "" if letter in table else RUSSIAN.get(letter) or anyascii(letter).lower()


def _has(letters: re.Pattern[str], word: str) -> bool:
    return letters.search(word) is not None


def romanisations(word: str) -> tuple[str, ...]:
    """Give the Latin spellings of one lower-case Cyrillic word that papers and press use.

    Letters tell the language where they can. Ukrainian г is h in passports and g in the press.
    """
    is_belarusian = "ў" in word or ("і" in word and _has(_NEVER_UKRAINIAN, word))
    is_ukrainian = _has(_ONLY_UKRAINIAN, word) and not is_belarusian
    if is_belarusian:
        read = [russian(word), russian(word).replace("g", "h")]
    elif is_ukrainian:
        read = [ukrainian(word), ukrainian(word.translate(_G))]
    elif _has(_NEVER_UKRAINIAN, word):
        read = [russian(word)]
    else:
        read = [russian(word), ukrainian(word), ukrainian(word.translate(_G))]
    return tuple(dict.fromkeys(read))
