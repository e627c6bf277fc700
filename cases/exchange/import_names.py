"""The names of a person in a row: whole or in parts, each with its language."""

import re
from typing import Any

from cases.vocabulary.individuals import NamePart

_TAGGED = {"name_ru": "ru-Cyrl", "name_uk": "uk-Cyrl", "name_en": "en-Latn"}
_PARTS = {
    "name": NamePart.FULL,
    "family_name": NamePart.FAMILY,
    "given_name": NamePart.GIVEN,
    "patronymic": NamePart.PATRONYMIC,
}
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґІЇЄҐ]"), re.compile("[ыэёъЫЭЁЪ]")
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zÀ-ɏ]")


def names_of(fields: dict[str, Any]) -> list[dict[str, str]]:
    """Take the names out of the fields of a row."""
    told = fields.pop("language_tag", "")
    found = [
        {"text": fields.pop(name), "part": NamePart.FULL.value, "language_tag": tag}
        for name, tag in _TAGGED.items()
        if name in fields
    ]
    parts = {name: fields.pop(name) for name in _PARTS if name in fields}
    tag = told or _tag(" ".join(parts.values()))
    for name, text in parts.items():
        found.append({"text": text, "part": _PARTS[name].value, "language_tag": tag})
    return found


def _tag(text: str) -> str:
    """Tell the script, and the language only where a letter gives it away."""
    if _CYRILLIC.search(text):
        if _UKRAINIAN.search(text) and not _RUSSIAN.search(text):
            return "uk-Cyrl"
        return "ru-Cyrl" if _RUSSIAN.search(text) else "und-Cyrl"
    return "und-Latn" if _LATIN.search(text) else "und"
