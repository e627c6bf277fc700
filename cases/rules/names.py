"""Names across scripts: the key under which a name is stored and sought."""

import unicodedata

from anyascii import anyascii

_VARIANTS = (("kh", "h"), ("ya", "ia"), ("yu", "iu"), ("dj", "dzh"), ("yy", "y"), ("iy", "y"))


def search_key(text: str) -> str:
    """Fold a name to lower-case Latin letters and digits, words parted by one space.

    Latin and Cyrillic spellings of one name mostly meet: SQLite's LIKE ignores the case of
    Cyrillic letters wrongly, so keys are stored and sought, never the text.
    """
    latin = anyascii(unicodedata.normalize("NFC", text)).lower()
    words = "".join(letter if letter.isalnum() else " " for letter in latin.replace("'", ""))
    return " ".join(_fold(word) for word in words.split())


def _fold(word: str) -> str:
    for written, folded in _VARIANTS:
        word = word.replace(written, folded)
    return word
