"""Misspellings of Russian and Ukrainian names, for a benchmark of the search.

`misspelt` takes a family and a given name in Cyrillic and returns "Family Given" as somebody might
have written it. Nothing here knows the search; the tables are written afresh. The same state of
`chance` gives the same misspelling. A class which has nothing to change in a name leaves it alone
(`diminutive` without a known one, `ending` for a family name that has only one form).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.names.given_names import DIMINUTIVES, TO_RUSSIAN, TO_UKRAINIAN
from tests.names.habits import (
    DROPPED,
    FAMILY_ENDINGS,
    RUSSIAN_TO_UKRAINIAN,
    SCHEMES,
    SHORTEST_STEM,
    UKRAINIAN_TO_RUSSIAN,
    Letters,
    Rules,
)

CLASSES = (
    "typo",
    "two_typos",
    "foreign",
    "foreign_typo",
    "swapped",
    "other_language",
    "diminutive",
    "ending",
)

SWAPPED_WITH_TYPO = 0.3
SECOND_EDIT_AT_LEAST = 2  # characters away from the first
NO_NAME_BEGINS_WITH = "ьъы'"
UKRAINIAN_MARKS = re.compile("[іїєґ']|ьо|[зсц]ьк|ець$")

EDITS = ("neighbour", "transpose", "omit", "double")
EDIT_WEIGHTS = (35, 20, 30, 15)

KEYBOARDS = {
    "russian": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "ukrainian": ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    "latin": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}


def misspelt(family: str, given: str, how: str, chance: random.Random) -> str:
    """Return "Family Given" misspelt in the way of the class; "Given Family" when swapped."""
    return _WAYS[how](family, given, chance)


def language_of(family: str, given: str) -> str:
    """Tell Ukrainian from Russian by the letters, or by a given name that is only Ukrainian."""
    if any(UKRAINIAN_MARKS.search(word.lower()) for word in (family, given)):
        return "ukrainian"
    only_ukrainian = given in TO_RUSSIAN and given not in TO_UKRAINIAN
    return "ukrainian" if only_ukrainian else "russian"


def _typo(family: str, given: str, chance: random.Random) -> str:
    return _with_edit(f"{family} {given}", _keyboard(family, given), chance)


def _two_typos(family: str, given: str, chance: random.Random) -> str:
    text = f"{family} {given}"
    keyboard = _keyboard(family, given)
    places = _places(text)
    first = chance.choice(places)
    second = chance.choice([p for p in places if abs(p - first) > SECOND_EDIT_AT_LEAST])
    for place in sorted((first, second), reverse=True):
        text = _edited(text, place, keyboard, chance)
    return text


def _foreign(family: str, given: str, chance: random.Random) -> str:
    schemes = SCHEMES[language_of(family, given)]
    rules, letters = schemes[chance.choice(sorted(schemes))]
    return f"{_written(family, rules, letters)} {_written(given, rules, letters)}"


def _foreign_typo(family: str, given: str, chance: random.Random) -> str:
    return _with_edit(_foreign(family, given, chance), KEYBOARDS["latin"], chance)


def _swapped(family: str, given: str, chance: random.Random) -> str:
    text = f"{given} {family}"
    if chance.random() < SWAPPED_WITH_TYPO:
        return _with_edit(text, _keyboard(family, given), chance)
    return text


def _other_language(family: str, given: str, _chance: random.Random) -> str:
    if language_of(family, given) == "ukrainian":
        rules, names = UKRAINIAN_TO_RUSSIAN, TO_RUSSIAN
    else:
        rules, names = RUSSIAN_TO_UKRAINIAN, TO_UKRAINIAN
    other_given = names.get(given) or _written(given, rules, {})
    return f"{_written(family, rules, {})} {other_given}"


def _diminutive(family: str, given: str, chance: random.Random) -> str:
    return f"{family} {chance.choice(DIMINUTIVES.get(given, (given,)))}"


def _ending(family: str, given: str, _chance: random.Random) -> str:
    for masculine, feminine in FAMILY_ENDINGS:
        for old, new in ((feminine, masculine), (masculine, feminine)):
            if family.endswith(old) and len(family) - len(old) >= SHORTEST_STEM:
                return f"{family.removesuffix(old)}{new} {given}"
    return f"{family} {given}"


def _written(word: str, rules: Rules, letters: Letters) -> str:
    """Write a word by the first rule that fits at each place, or by the table of letters."""
    text = word.lower()
    written = ""
    place = 0
    table = letters and DROPPED | letters
    while place < len(text):
        for pattern, latin in rules:
            found = re.compile(pattern).match(text, place)
            if found and found.end() > place:
                written += latin
                place = found.end()
                break
        else:
            written += table.get(text[place], text[place])
            place += 1
    return _capitalised(written)


def _keyboard(family: str, given: str) -> tuple[str, ...]:
    return KEYBOARDS[language_of(family, given)]


def _places(text: str) -> list[int]:
    """List the places fingers slip at: any letter, the first of a word less often than others."""
    places = [i for i, letter in enumerate(text) if letter.isalpha()]
    later = [i for i in places if i and text[i - 1].isalpha()]
    return places + 2 * later


def _with_edit(text: str, keyboard: tuple[str, ...], chance: random.Random) -> str:
    return _edited(text, chance.choice(_places(text)), keyboard, chance)


def _edited(text: str, place: int, keyboard: tuple[str, ...], chance: random.Random) -> str:
    """Make one slip at the place; draw again while it changes nothing or begins a name oddly."""
    while True:
        how = chance.choices(EDITS, EDIT_WEIGHTS)[0]
        edited = _slip(text.lower(), place, how, keyboard, chance)
        words = edited.split(" ")
        natural = all(len(word) > 1 and word[0] not in NO_NAME_BEGINS_WITH for word in words)
        if natural and edited != text.lower():
            return " ".join(_capitalised(word) for word in words)


def _slip(text: str, place: int, how: str, keyboard: tuple[str, ...], chance: random.Random) -> str:
    before, letter, after = text[:place], text[place], text[place + 1 :]
    if how == "double":
        return before + letter + letter + after
    if how == "omit":
        return before + after
    if how == "transpose":
        swaps = after and after[0].isalpha()
        return before + after[0] + letter + after[1:] if swaps else text
    near = _near(letter, keyboard)
    return before + chance.choice(near) + after if near else text


def _near(letter: str, keyboard: tuple[str, ...]) -> list[str]:
    """List the letters on the keys around a letter's; none for a letter without a key."""
    for row, keys in enumerate(keyboard):
        column = keys.find(letter)
        if column >= 0:
            beside = [keys[i] for i in (column - 1, column + 1) if 0 <= i < len(keys)]
            above = [keyboard[row - 1][i] for i in (column, column + 1)] if row else []
            below = [*"".join(keyboard[row + 1 : row + 2])][max(column - 1, 0) : column + 1]
            return beside + above + below
    return []


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


_WAYS: dict[str, Callable[[str, str, random.Random], str]] = {
    "typo": _typo,
    "two_typos": _two_typos,
    "foreign": _foreign,
    "foreign_typo": _foreign_typo,
    "swapped": _swapped,
    "other_language": _other_language,
    "diminutive": _diminutive,
    "ending": _ending,
}

if __name__ == "__main__":
    SAMPLES = (
        ("Иванов", "Алексей"),
        ("Соловьёва", "Татьяна"),
        ("Зайцев", "Сергей"),
        ("Жуковский", "Евгений"),
        ("Горбачёв", "Михаил"),
        ("Лисицын", "Юрий"),
        ("Медведева", "Екатерина"),
        ("Пушкин", "Александр"),
        ("Васильев", "Илья"),
        ("Щербакова", "Людмила"),
        ("Шевченко", "Олександр"),
        ("Кравчук", "Олена"),
        ("Згурський", "Юрій"),
        ("Лубінець", "Сергій"),
        ("Ковальська", "Ганна"),
        ("Лебедєв", "Григорій"),
        ("Соловйов", "Євген"),
        ("Білий", "Микола"),
        ("Гринюк", "Наталія"),
        ("Яковенко", "В'ячеслав"),
    )
    for each_class in CLASSES:
        dice = random.Random(7)
        print(each_class, [misspelt(*sample, each_class, dice) for sample in SAMPLES])
