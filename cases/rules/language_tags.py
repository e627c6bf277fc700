"""Which language a name is in, as far as its letters tell."""

import re

_UKRAINIAN, _RUSSIAN = re.compile("[іїєґІЇЄҐ]"), re.compile("[ыэёъЫЭЁЪ]")
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zÀ-ɏ]")


def guessed(text: str) -> str:
    """Tell the script, and the language only where a letter gives it away."""
    if _CYRILLIC.search(text):
        if _UKRAINIAN.search(text) and not _RUSSIAN.search(text):
            return "uk-Cyrl"
        return "ru-Cyrl" if _RUSSIAN.search(text) else "und-Cyrl"
    return "und-Latn" if _LATIN.search(text) else "und"
